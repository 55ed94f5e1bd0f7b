package dev.slipway;

import dev.slipway.oci.Platform;
import dev.slipway.plan.BuildPlan;
import dev.slipway.plan.ResolvedImage;

/** Makes plans without a Dockerfile. */
@FunctionalInterface
public interface PlanSource {
  /**
   * The plan for one platform; asked once for each platform of the request, before anything is
   * built.
   *
   * @param images looks up the images that stages start from
   */
  BuildPlan plan(Platform platform, Images images);

  /** Finds images in the store and in registries. */
  @FunctionalInterface
  interface Images {
    /**
     * @param name as in a FROM line
     * @throws dev.slipway.diagnostic.BuildException if there is none, or it has no such platform
     */
    ResolvedImage find(String name, Platform platform);
  }
}
