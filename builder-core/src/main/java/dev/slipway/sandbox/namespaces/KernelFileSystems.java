package dev.slipway.sandbox.namespaces;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Mounts;
import dev.slipway.linux.PathBytes;
import dev.slipway.linux.Processes;
import dev.slipway.linux.Processes.Program;
import dev.slipway.sandbox.PreparedRoot;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.filter.KernelPaths;
import dev.slipway.sandbox.rootfs.MountTargets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** {@code /proc} and {@code /sys} of a step, without what tells of the host or changes it. */
final class KernelFileSystems {
  private static final long HARMLESS = Mounts.NO_SETUID | Mounts.NO_DEVICES | Mounts.NO_EXEC;

  private static final String CONTROL_GROUPS = "/sys/fs/cgroup";

  private final Path root;
  private final HostPrograms programs;
  private final boolean confined;

  /**
   * @param confined whether the step is kept from what {@link #forbidDevices} tells of
   */
  KernelFileSystems(PreparedRoot root, HostPrograms programs, boolean confined) {
    this.root = root.path();
    this.programs = programs;
    this.confined = confined;
  }

  /**
   * Lets no device be opened in what is mounted so far. Root may make the node of any disk of the
   * host, or find it in an image; with no control group of devices, only the mount keeps it shut.
   */
  void forbidDevices() throws LinuxException {
    int opened = Descriptors.openPlace(root);
    try {
      Mounts.restrict(opened, Mounts.NO_DEVICES);
    } finally {
      Descriptors.close(opened);
    }
  }

  /** Mounts the {@code /proc} of the PID namespace in which the calling thread's children live. */
  void mountProc() throws IOException {
    String target = place("proc");
    int mount;
    int namespace = open("/proc/thread-self/ns/pid_for_children", Descriptors.READ);
    try {
      mount = Mounts.proc(namespace);
    } catch (LinuxException e) {
      mountProcFromInside(target);
      return;
    } finally {
      Descriptors.close(namespace);
    }
    try {
      attach(mount, target);
    } finally {
      Descriptors.close(mount);
    }
  }

  /** Before Linux 6.17 only a member of a PID namespace can mount its proc file system. */
  private void mountProcFromInside(String target) throws IOException {
    int nowhere = open("/dev/null", Descriptors.WRITE);
    try {
      int pid =
          Processes.spawn(
              Program.of(
                  programs.mount().toString(),
                  List.of("mount", "-t", "proc", "-o", "nosuid,nodev,noexec", "proc", target),
                  List.of()),
              -1,
              nowhere,
              nowhere);
      int exitCode = Processes.await(pid);
      if (exitCode != 0) {
        throw new SandboxException(
            "cannot mount /proc for a step: mount ended with " + exitCode,
            "in a container, /proc must not be masked: with docker or podman run it with"
                + " --security-opt systempaths=unconfined");
      }
    } finally {
      Descriptors.close(nowhere);
    }
  }

  /** Shows the host's {@code /sys} with all below it, read-only. */
  void mountSys() throws IOException {
    show("/sys", place("sys"));
  }

  /**
   * Shows the {@code /sys} of the calling thread's network, which lists no interface of the host's.
   * Where the kernel does not let us, because a container hides a part of its own, the host's.
   */
  void mountSysOfNetwork() throws IOException {
    String target = place("sys");
    try {
      Mounts.mount("sysfs", target, "sysfs", HARMLESS | Mounts.READ_ONLY, "");
    } catch (LinuxException e) {
      mountSys();
      return;
    }
    if (Files.isDirectory(Path.of(CONTROL_GROUPS))) {
      show(CONTROL_GROUPS, root.resolve(CONTROL_GROUPS.substring(1)).toString());
    }
  }

  private static void show(String source, String target) throws LinuxException {
    int mount = Mounts.cloneTree(Descriptors.WORKING_DIRECTORY, source);
    try {
      Mounts.restrict(mount, HARMLESS | Mounts.READ_ONLY);
      attach(mount, target);
    } finally {
      Descriptors.close(mount);
    }
  }

  /** Hides what tells of the host, and makes read-only what changes it. */
  void mask() throws IOException {
    for (String path : KernelPaths.HIDDEN) {
      Path target = root.resolve(path);
      if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        Mounts.mount(
            "tmpfs", target.toString(), "tmpfs", HARMLESS | Mounts.READ_ONLY, "size=0,mode=755");
      } else if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        Mounts.bind("/dev/null", target.toString());
      }
    }
    for (String path : KernelPaths.READ_ONLY) {
      String target = root.resolve(path).toString();
      if (Files.exists(Path.of(target), LinkOption.NOFOLLOW_LINKS)) {
        show(target, target);
      }
    }
  }

  /** Shows what is meant to lie below {@code /dev}, {@code /proc} or {@code /sys}. */
  void attach(List<PreparedRoot.Attachment> attachments) throws IOException {
    int opened = Descriptors.openPlace(root);
    try {
      MountTargets targets = new MountTargets(root, opened);
      for (PreparedRoot.Attachment attachment : attachments) {
        targets.attach(attachment, confined ? Mounts.NO_DEVICES : 0);
      }
    } finally {
      Descriptors.close(opened);
    }
  }

  /** A directory of the image that a file system goes to; never a link. */
  private String place(String name) {
    Path path = root.resolve(name);
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new SandboxException(
          "'/" + name + "' of the root filesystem is no directory, expected one to mount on");
    }
    return path.toString();
  }

  private static void attach(int mount, String target) throws LinuxException {
    int place = open(target, Descriptors.PATH | Descriptors.NO_FOLLOW);
    try {
      Mounts.attach(mount, place);
    } finally {
      Descriptors.close(place);
    }
  }

  private static int open(String path, int flags) throws LinuxException {
    return Descriptors.open(Descriptors.WORKING_DIRECTORY, PathBytes.of(path), flags, 0);
  }
}
