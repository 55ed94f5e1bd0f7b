package dev.slipway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Base images, as OCI layouts. None comes from a registry: those of Debian packages are made by
 * {@code samples/debian-base}, busybox of the machine's own. Made once and kept in {@code
 * samples/target/bases}.
 */
public final class Bases {
  private Bases() {}

  /** {@code debian-gcc} and its kin; skips the test by name where apt is missing. */
  public static synchronized Path debian(String name) {
    Machine.require("apt-get", "dpkg-deb");
    Path layout = directory().resolve(name);
    Processes.command(
            Machine.repository().resolve("samples/debian-base").toString(), name, layout.toString())
        .within(Duration.ofMinutes(15))
        .run()
        .orFail();
    return layout;
  }

  /** The files of such a base, below {@code directory}; for root. */
  static Path unpacked(String name, Path directory) throws IOException {
    Path layout = debian(name);
    Path context = Files.createDirectory(directory.resolve(name + "-context"));
    Files.writeString(context.resolve("Dockerfile"), "FROM " + name + "\n");
    Path root = directory.resolve(name);
    Slipway.storingIn(directory.resolve(name + "-store"))
        .build(
            "--build-context=" + name + "=oci-layout://" + layout,
            "-o",
            "type=local,dest=" + root,
            context)
        .orFail();
    return root;
  }

  /** A static busybox with all its applets; skips the test by name where the program is missing. */
  public static synchronized Path busybox() {
    Machine.require("busybox", "tar");
    Path layout = directory().resolve("busybox");
    if (Files.exists(layout.resolve("index.json"))) {
      return layout;
    }
    try {
      Files.createDirectories(directory());
      Path work = Files.createTempDirectory(directory(), "busybox");
      Processes.command("sh", "-c", BUSYBOX_CONTEXT).in(work).run().orFail();
      Slipway.storingIn(work.resolve("store"))
          .build("-t", "busybox:latest", "-o", "type=oci,tar=false,dest=" + layout, work)
          .orFail();
      Processes.command("rm", "-rf", work.toString()).run().orFail();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return layout;
  }

  /** Makes {@code root.tar} of this machine's busybox. */
  static final String BUSYBOX_ARCHIVE =
      """
      set -eu
      mkdir -p root/bin root/tmp root/root root/etc
      chmod 1777 root/tmp
      cp "$(command -v busybox)" root/bin/busybox
      for applet in $(busybox --list); do
        [ "$applet" = busybox ] || ln -s busybox "root/bin/$applet"
      done
      echo 'root:x:0:0:root:/root:/bin/sh' >root/etc/passwd
      echo 'root:x:0:' >root/etc/group
      tar --owner=0 --group=0 --numeric-owner -cf root.tar -C root .
      rm -rf root
      """;

  private static final String BUSYBOX_CONTEXT =
      BUSYBOX_ARCHIVE
          + """
      printf 'FROM scratch\\nADD root.tar /\\nENV PATH=/bin\\nCMD ["/bin/sh"]\\n' >Dockerfile
      """;

  private static Path directory() {
    String said = System.getenv("SLIPWAY_BASES");
    return said == null ? Machine.repository().resolve("samples/target/bases") : Path.of(said);
  }
}
