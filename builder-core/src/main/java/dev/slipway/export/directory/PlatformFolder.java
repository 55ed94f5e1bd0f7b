package dev.slipway.export.directory;

import dev.slipway.export.ExportedImages;
import dev.slipway.oci.Platform;

/** Where an image's files go below the destination: as with buildx, {@code linux_arm_v7}. */
final class PlatformFolder {
  private PlatformFolder() {}

  /** Empty for one image alone. */
  static String of(ExportedImages images, Platform platform) {
    return images.images().size() == 1 ? "" : platform.formatAll().replace('/', '_');
  }
}
