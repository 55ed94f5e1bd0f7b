package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.SandboxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;

/** What {@code /dev} of a step holds: the devices that give nothing away, and links. */
public enum Devices {
  FULL(1, 7),
  NULL(1, 3),
  RANDOM(1, 8),
  TTY(5, 0),
  URANDOM(1, 9),
  ZERO(1, 5);

  private static final String[][] LINKS = {
    {"fd", "/proc/self/fd"},
    {"stderr", "/proc/self/fd/2"},
    {"stdin", "/proc/self/fd/0"},
    {"stdout", "/proc/self/fd/1"},
  };

  /** Not every kernel shows it. */
  private static final Path MEMORY = Path.of("/proc/kcore");

  private final int major;
  private final int minor;

  Devices(int major, int minor) {
    this.major = major;
    this.minor = minor;
  }

  /** Its name in {@code /dev}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Makes the links in an opened directory. */
  public static void makeLinks(int directory) throws LinuxException {
    for (String[] link : LINKS) {
      Inodes.makeSymlink(directory, PathBytes.of(link[0]), PathBytes.of(link[1]));
    }
    if (Files.exists(MEMORY, LinkOption.NOFOLLOW_LINKS)) {
      Inodes.makeSymlink(directory, PathBytes.of("core"), PathBytes.of(MEMORY));
    }
  }

  /**
   * Makes the nodes in an opened directory.
   *
   * @throws SandboxException where this process may make none
   */
  static void makeNodes(int directory) throws LinuxException {
    for (Devices device : values()) {
      byte[] name = PathBytes.of(device.label());
      try {
        Inodes.makeNode(directory, name, FileStatus.CHARACTER | 0600, device.major, device.minor);
      } catch (LinuxException e) {
        throw new SandboxException(
            "cannot make '/dev/" + device.label() + "' for a step: " + e.reason(),
            "a container must leave its root CAP_MKNOD, as Docker's do",
            e);
      }
      Inodes.changeMode(directory, name, 0666);
    }
  }
}
