package dev.slipway.session.request;

import dev.slipway.oci.Platform;

/** What steps run on: Linux, whatever the builder itself runs on. */
public final class HostPlatform {
  private HostPlatform() {}

  /**
   * @param architecture as the JVM names it: {@code amd64}, {@code aarch64}
   */
  public static Platform of(String architecture) {
    return new Platform("linux", architecture);
  }
}
