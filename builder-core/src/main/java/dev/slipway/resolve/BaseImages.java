package dev.slipway.resolve;

import dev.slipway.oci.Platform;
import dev.slipway.plan.ResolvedImage;

/** Looks images up. */
public interface BaseImages {
  /**
   * Finds the image of {@code platform} behind {@code name}, in a registry or the store. Called
   * from several threads at once.
   *
   * @param name as in a FROM line, variables replaced
   * @throws dev.slipway.diagnostic.BuildException if there is none, or it has no such platform
   */
  ResolvedImage resolve(String name, Platform platform);
}
