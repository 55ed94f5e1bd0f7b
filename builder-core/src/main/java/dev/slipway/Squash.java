package dev.slipway;

import dev.slipway.diagnostic.BuildException;
import org.jspecify.annotations.Nullable;

/**
 * Which layers of an image become one. It is always those above some layer.
 *
 * @param from for {@link Extent#FROM}, the stage or the layer that stays, with all below it: a
 *     stage's name or number, or the digest or diffID of a layer; otherwise null
 */
public record Squash(Extent extent, @Nullable String from) {
  /** Every layer stays as it is. */
  public static final Squash NONE = new Squash(Extent.NONE, null);

  /** The image has one layer. */
  public static final Squash ALL = new Squash(Extent.ALL, null);

  /** What the build adds to the base image becomes one layer. */
  public static final Squash NEW = new Squash(Extent.NEW, null);

  /** What is squashed. */
  public enum Extent {
    NONE,
    NEW,
    ALL,
    FROM
  }

  public Squash {
    if ((extent == Extent.FROM) == (from == null || from.isEmpty())) {
      throw new IllegalArgumentException("squash " + extent + " from " + from);
    }
  }

  /** What comes after a stage or a layer becomes one layer. */
  public static Squash from(String stageOrDigest) {
    return new Squash(Extent.FROM, stageOrDigest);
  }

  /**
   * As on a command line: {@code none}, {@code new}, {@code all} or {@code from:STAGE-OR-DIGEST}.
   */
  public static Squash parse(String text) {
    switch (text) {
      case "none":
        return NONE;
      case "new":
        return NEW;
      case "all":
        return ALL;
      default:
        if (text.startsWith("from:") && text.length() > 5) {
          return from(text.substring(5));
        }
        throw new BuildException(
            "squash \"" + text + "\" is not known",
            null,
            "expected new, all, none, or from: and a stage or the digest of a layer",
            null);
    }
  }
}
