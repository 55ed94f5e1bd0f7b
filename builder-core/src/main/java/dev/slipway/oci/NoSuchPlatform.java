package dev.slipway.oci;

import java.util.ArrayList;
import java.util.List;

/** Words the refusal of an index that has no image for a platform. */
record NoSuchPlatform(String name, Platform wanted, Index index) {
  OciException of() {
    List<String> there = new ArrayList<>();
    for (Descriptor manifest : index.manifests()) {
      Platform platform = manifest.platform();
      if (platform != null && !platform.os().equals("unknown")) {
        there.add(platform.format());
      }
    }
    return new OciException(
        name + " has no image for " + wanted,
        there.isEmpty() ? null : "it is there for " + String.join(", ", there),
        null);
  }
}
