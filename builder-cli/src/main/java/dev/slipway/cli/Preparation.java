package dev.slipway.cli;

import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import java.nio.charset.StandardCharsets;

/**
 * Has the JVM set up, on a thread of its own, what every build comes by and what takes it long the
 * first time: while that is done the command line and the Dockerfile are read.
 */
final class Preparation {
  private static final byte[] CONFIG =
      "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
          .getBytes(StandardCharsets.UTF_8);

  private Preparation() {}

  /** Returns at once; nothing waits for its end. */
  static void begin() {
    Thread thread = new Thread(Preparation::run, "slipway-preparation");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run() {
    Digest.of(CONFIG);
    ImageConfig.parse(CONFIG);
  }
}
