package dev.slipway.inspect.account;

import dev.slipway.inspect.hygiene.HygieneCheck;
import dev.slipway.inspect.hygiene.HygieneFinding;
import dev.slipway.inspect.hygiene.Leftovers;
import dev.slipway.inspect.hygiene.SuspectFile;
import dev.slipway.oci.HistoryEntry;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSource;
import dev.slipway.tree.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the bytes of an image are. Manifest, config and the stored bytes of all layers add up to
 * {@link #size}.
 *
 * @param name where the image was found, for people
 * @param layers from the lowest
 * @param waste what could be left out
 * @param hygiene secrets and habits, the worst first
 */
public record ImageAccount(
    String name,
    Image image,
    List<LayerAccount> layers,
    List<Waste> waste,
    Efficiency efficiency,
    List<HygieneFinding> hygiene) {
  public ImageAccount {
    layers = List.copyOf(layers);
    waste = List.copyOf(waste);
    hygiene = List.copyOf(hygiene);
  }

  /** The same with one finding more. */
  public ImageAccount withAdvice(HygieneFinding finding) {
    List<HygieneFinding> more = new ArrayList<>(hygiene);
    more.add(finding);
    return new ImageAccount(name, image, layers, waste, efficiency, more);
  }

  /**
   * Reads an image, each of its blobs once.
   *
   * @throws IOException if a blob cannot be read
   * @throws dev.slipway.diagnostic.BuildException if a layer is no archive
   */
  public static ImageAccount read(ImageSource source, Image image, LayerOrigins origins)
      throws IOException {
    List<Origin> history = history(image);
    List<LayerAccount> layers = new ArrayList<>();
    for (Image.Layer layer : image.layers()) {
      int index = layers.size();
      layers.add(
          LayerScan.read(
              index,
              layer.descriptor(),
              source.blob(layer.descriptor()),
              history.get(index),
              origins));
    }
    VisibleFiles visible = new VisibleFiles();
    Efficiency.Tally tally = new Efficiency.Tally();
    for (LayerAccount layer : layers) {
      tally.add(layer, visible);
      visible.apply(layer);
    }
    return new ImageAccount(
        source.name(),
        image,
        layers,
        WasteFinder.find(visible, layers),
        tally.efficiency(),
        HygieneCheck.check(image.config(), suspects(layers, visible), origins.bases()));
  }

  private static List<SuspectFile> suspects(List<LayerAccount> layers, VisibleFiles visible) {
    List<SuspectFile> suspects = new ArrayList<>();
    for (LayerAccount layer : layers) {
      for (Member member : layer.members()) {
        String secret = member.facts() == null ? null : member.facts().secret();
        if (secret != null || Leftovers.of(member.path(), member.origin()) != null) {
          VisibleFiles.Name shown = visible.names().get(member.path());
          suspects.add(
              new SuspectFile(
                  layer.index(),
                  member.path(),
                  secret == null ? "" : secret,
                  member.origin(),
                  shown != null && shown.member() == member));
        }
      }
    }
    return suspects;
  }

  /** What the history says of each layer. */
  private static List<Origin> history(Image image) {
    List<Origin> origins = new ArrayList<>();
    for (HistoryEntry entry : image.config().history()) {
      if (!entry.emptyLayer()) {
        String text = entry.createdBy().isEmpty() ? entry.comment() : entry.createdBy();
        origins.add(new Origin("", 0, Instructions.readable(text)));
      }
    }
    while (origins.size() < image.layers().size()) {
      origins.add(new Origin("", 0, ""));
    }
    return origins;
  }

  /** The stored bytes of manifest, config and layers: what a registry holds for this image. */
  public long size() {
    return image.manifest().descriptor().size()
        + image.manifest().config().size()
        + cost().stored();
  }

  /** Of all layers. */
  public Cost cost() {
    Cost sum = Cost.NONE;
    for (LayerAccount layer : layers) {
      sum = sum.plus(layer.cost());
    }
    return sum;
  }

  /** Headers, padding and the ends of the archives. */
  public Cost framing() {
    Cost sum = Cost.NONE;
    for (LayerAccount layer : layers) {
      sum = sum.plus(layer.framing());
    }
    return sum;
  }

  /** In the order of the layers; they add up to {@link #cost}. */
  public List<InstructionCost> instructions() {
    return InstructionCost.of(layers);
  }

  public DirectoryCost directories() {
    return DirectoryCost.of(layers);
  }

  /** What is wasted for certain: no hints. */
  public Cost wasted() {
    Cost sum = Cost.NONE;
    for (Waste each : waste) {
      if (each.kind().isCertain()) {
        sum = sum.plus(each.cost());
      }
    }
    return sum;
  }
}
