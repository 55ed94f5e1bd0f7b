package dev.slipway.session.findings;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.plan.ResolvedImage;
import dev.slipway.progress.CancelledException;
import dev.slipway.resolve.BaseImages;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Base images for who only looks: an image that could not be had once is an empty one when it is
 * asked for again, so that what does not depend on it can be looked at.
 */
public final class LenientImages implements BaseImages {
  private final BaseImages images;
  private final Set<String> missing = new HashSet<>();

  public LenientImages(BaseImages images) {
    this.images = images;
  }

  /** How many images could not be had. */
  public int missing() {
    return missing.size();
  }

  @Override
  public ResolvedImage resolve(String name, Platform platform) {
    if (missing.contains(name)) {
      Image empty = Image.of(ImageConfig.empty(platform), List.of(), Map.of(), false);
      return new ResolvedImage(name, empty.descriptor(), empty);
    }
    try {
      return images.resolve(name, platform);
    } catch (CancelledException e) {
      throw e;
    } catch (BuildException e) {
      missing.add(name);
      throw e;
    }
  }
}
