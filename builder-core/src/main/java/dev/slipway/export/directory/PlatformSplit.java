package dev.slipway.export.directory;

import dev.slipway.export.ExportedImages;
import dev.slipway.oci.Platform;

/** Whether the files of each platform have a folder of their own below the destination. */
public enum PlatformSplit {
  /** Where there are several platforms, or an index is made of one. */
  OF_SEVERAL,
  ALWAYS,
  /** The files of all lie side by side; none may be there twice. */
  NEVER;

  /** Where an image's files go: as with buildx, {@code linux_arm_v7}; empty for no folder. */
  String folderOf(ExportedImages images, Platform platform) {
    boolean apart = this == ALWAYS || this == OF_SEVERAL && images.index() != null;
    return apart ? platform.formatAll().replace('/', '_') : "";
  }
}
