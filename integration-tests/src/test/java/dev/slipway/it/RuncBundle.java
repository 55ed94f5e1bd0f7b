package dev.slipway.it;

import dev.slipway.it.Processes.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An image unpacked by umoci and run by runc: two programs that know nothing of Slipway and refuse
 * what the specification forbids.
 */
final class RuncBundle {
  private final Path bundle;

  private RuncBundle(Path bundle) {
    this.bundle = bundle;
  }

  /** Skips the test by name where it cannot be done. */
  static RuncBundle unpack(Path ociArchive, Path directory) {
    Machine.requireRoot();
    Machine.require("skopeo", "umoci", "runc");
    Path layout = directory.resolve("layout");
    Processes.command("skopeo", "copy", "oci-archive:" + ociArchive, "oci:" + layout + ":image")
        .run()
        .orFail();
    Path bundle = directory.resolve("bundle");
    Processes.command("umoci", "unpack", "--image", layout + ":image", bundle.toString())
        .run()
        .orFail();
    return new RuncBundle(bundle);
  }

  Path rootfs() {
    return bundle.resolve("rootfs");
  }

  /** Runs the image's own command. */
  Ended run() {
    try {
      Path config = bundle.resolve("config.json");
      Files.writeString(
          config,
          Files.readString(config).replaceFirst("\"terminal\":\\s*true", "\"terminal\":false"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String id = "slipway-it-" + bundle.getParent().getFileName();
    return Processes.command("runc", "run", "--bundle", bundle.toString(), id).run();
  }
}
