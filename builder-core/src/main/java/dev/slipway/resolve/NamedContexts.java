package dev.slipway.resolve;

import dev.slipway.oci.Platform;
import dev.slipway.plan.ResolvedImage;
import org.jspecify.annotations.Nullable;

/** The further build contexts that the user gave; each replaces a stage or an image of its name. */
public interface NamedContexts {
  /** Has none. */
  NamedContexts NONE = (name, platform) -> null;

  /**
   * @param name a stage's name, an image's name as written, or what {@code --from} says
   * @return null where there is no context of that name
   */
  @Nullable NamedContext find(String name, Platform platform);

  /**
   * The stage of the same Dockerfile that the context of that name is, or null where it is
   * something else, which {@link #find} tells, or where there is none.
   */
  default @Nullable String stage(String name, Platform platform) {
    return null;
  }

  /** What a named context is. */
  sealed interface NamedContext {
    /** Files, called {@code name} from here on. */
    record Files(String name) implements NamedContext {}

    /** An image. */
    record Image(ResolvedImage image) implements NamedContext {}

    /** No file, as {@code FROM scratch}. */
    record Scratch() implements NamedContext {}
  }
}
