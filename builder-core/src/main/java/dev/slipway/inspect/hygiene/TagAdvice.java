package dev.slipway.inspect.hygiene;

import dev.slipway.inspect.hygiene.HygieneFinding.Kind;
import java.util.Map;
import java.util.Optional;

/** Judges the tag that an image is published under. */
public final class TagAdvice {
  private static final String VERSION_LABEL = "org.opencontainers.image.version";

  private TagAdvice() {}

  /**
   * What to say of a tag; empty for one with a number in it, which is taken for a version.
   *
   * @param labels of the image, which may know its version
   */
  public static Optional<HygieneFinding> of(String tag, Map<String, String> labels) {
    if (tag.chars().anyMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    String version = labels.getOrDefault(VERSION_LABEL, "");
    boolean known = version.matches("[0-9][A-Za-z0-9_.-]{0,100}");
    return Optional.of(
        new HygieneFinding(
            Kind.VAGUE_TAG,
            "tag \"" + tag + "\" does not say what is inside, and is another image tomorrow",
            "add a tag that stays, as "
                + (known ? version + "-1" : "X.Y.Z-N")
                + ": the version, and how often it was packed anew; or deploy it by its digest"));
  }
}
