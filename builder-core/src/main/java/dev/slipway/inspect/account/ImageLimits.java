package dev.slipway.inspect.account;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.inspect.hygiene.HygieneCheck;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What an image has to keep to.
 *
 * @param size the most bytes of manifest, config and stored layers together
 * @param waste the most stored bytes that are wasted for certain
 * @param wasteShare the most of the size that is wasted for certain, from 0 to 1
 * @param layers the most layers
 * @param noRoot whether the image must name a user other than root
 */
public record ImageLimits(
    OptionalLong size,
    OptionalLong waste,
    OptionalDouble wasteShare,
    OptionalInt layers,
    boolean noRoot) {
  /** Anything goes. */
  public static final ImageLimits NONE =
      new ImageLimits(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          false);

  /** Whether there is any limit. */
  public boolean areSet() {
    return size.isPresent() || needsAccount() || layers.isPresent() || noRoot;
  }

  /** Whether the layers have to be read to tell. */
  public boolean needsAccount() {
    return waste.isPresent() || wasteShare.isPresent();
  }

  /** An error for each limit that the image does not keep to, but for waste. */
  public List<Diagnostic> check(Image image) {
    List<Diagnostic> errors = new ArrayList<>();
    long found = image.manifest().descriptor().size() + image.manifest().config().size();
    for (Descriptor layer : image.manifest().layers()) {
      found += layer.size();
    }
    if (size.isPresent() && found > size.getAsLong()) {
      errors.add(error("image has " + found + " bytes, at most " + size.getAsLong() + " allowed"));
    }
    int count = image.manifest().layers().size();
    if (layers.isPresent() && count > layers.getAsInt()) {
      errors.add(
          error("image has " + count + " layers, at most " + layers.getAsInt() + " allowed"));
    }
    String user = image.config().config().user();
    if (noRoot && HygieneCheck.isRoot(user)) {
      errors.add(
          error(user.isEmpty() ? "image runs as root: it names no user" : "image runs as root")
              .withHint("end the Dockerfile's last stage with USER and another user"));
    }
    return errors;
  }

  /** An error for each limit that the image does not keep to. */
  public List<Diagnostic> check(ImageAccount account) {
    List<Diagnostic> errors = new ArrayList<>(check(account.image()));
    long wasted = account.wasted().stored();
    if (waste.isPresent() && wasted > waste.getAsLong()) {
      errors.add(
          error("image wastes " + wasted + " bytes, at most " + waste.getAsLong() + " allowed"));
    }
    double share = account.size() == 0 ? 0 : (double) wasted / account.size();
    if (wasteShare.isPresent() && share > wasteShare.getAsDouble()) {
      errors.add(
          error(
              "image wastes "
                  + percent(share)
                  + " of its bytes, at most "
                  + percent(wasteShare.getAsDouble())
                  + " allowed"));
    }
    return errors;
  }

  private static Diagnostic error(String message) {
    return Diagnostic.error(message, null);
  }

  private static String percent(double share) {
    return Math.round(share * 1000) / 10.0 + " %";
  }
}
