package dev.slipway.sandbox.namespaces;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Mounts;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.rootfs.Devices;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * {@code /dev} of a step: the devices that give nothing away, in memory. They are the host's nodes
 * shown there, as a user namespace may make none.
 */
final class DeviceDirectory {
  private static final long HARMLESS = Mounts.NO_SETUID | Mounts.NO_EXEC;

  private final Path directory;
  private final boolean confined;

  /**
   * @param confined whether nothing but the nodes that are shown can be opened
   */
  DeviceDirectory(Path root, boolean confined) {
    directory = root.resolve("dev");
    this.confined = confined;
  }

  /**
   * @param sharedMemory whether {@code /dev/shm} is wanted; where not, there is an empty directory
   */
  void mount(boolean sharedMemory) throws LinuxException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new SandboxException(
          "'/dev' of the root filesystem is no directory, expected one to mount on");
    }
    String path = directory.toString();
    long flags = Mounts.NO_SETUID | Mounts.STRICT_ATIME | (confined ? Mounts.NO_DEVICES : 0);
    Mounts.mount("tmpfs", path, "tmpfs", flags, "mode=755,size=65536k");
    int opened = Descriptors.openDirectory(Descriptors.WORKING_DIRECTORY, PathBytes.of(path));
    try {
      for (Devices each : Devices.values()) {
        String device = each.label();
        Descriptors.close(
            Descriptors.open(
                opened, PathBytes.of(device), Descriptors.CREATE | Descriptors.WRITE, 0666));
        Mounts.bind("/dev/" + device, path + "/" + device);
      }
      Devices.makeLinks(opened);
      Inodes.makeSymlink(opened, PathBytes.of("ptmx"), PathBytes.of("pts/ptmx"));
      for (String name : new String[] {"pts", "shm", "mqueue"}) {
        Inodes.makeDirectory(opened, PathBytes.of(name), 0755);
      }
    } finally {
      Descriptors.close(opened);
    }
    mountTerminals(path + "/pts");
    if (sharedMemory) {
      String options = "mode=1777,size=" + ProcessSpec.SHM_SIZE;
      Mounts.mount("shm", path + "/shm", "tmpfs", HARMLESS | Mounts.NO_DEVICES, options);
    }
    Mounts.mount("mqueue", path + "/mqueue", "mqueue", HARMLESS | Mounts.NO_DEVICES, "");
  }

  private static void mountTerminals(String path) throws LinuxException {
    String options = "newinstance,ptmxmode=0666,mode=0620";
    try {
      Mounts.mount("devpts", path, "devpts", HARMLESS, options + ",gid=5");
    } catch (LinuxException e) {
      // a user namespace with one id only has no group 5
      Mounts.mount("devpts", path, "devpts", HARMLESS, options);
    }
  }
}
