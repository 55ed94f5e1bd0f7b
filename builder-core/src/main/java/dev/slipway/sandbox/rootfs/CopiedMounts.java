package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.linux.TransferBuffer;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.StepMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Shows a step, without mounting anything, what it would have mounted. */
final class CopiedMounts {
  private static final int RESOLVE = Descriptors.IN_ROOT | Descriptors.NO_MAGIC_LINKS;
  private static final int HERE = Descriptors.WORKING_DIRECTORY;

  private final StandIns standIns;
  private final Path scratch;
  private int count;

  /**
   * @param scratch an empty directory on the file system of layers
   */
  CopiedMounts(StandIns standIns, Path scratch) {
    this.standIns = standIns;
    this.scratch = scratch;
  }

  /** The kernel's own places, and the files through which other machines are found. */
  void placeAlways(ProcessSpec process) throws IOException {
    standIns.place("/dev", true, null, CopiedMounts::makeDevices);
    standIns.place("/proc", true, null, (at, name) -> makeDirectory(at, name, 0555));
    standIns.place("/sys", true, null, (at, name) -> makeDirectory(at, name, 0555));
    NetworkFiles network = NetworkFiles.write(scratch, process);
    placeFile("/etc/hosts", Files.readAllBytes(network.hosts()));
    placeFile("/etc/resolv.conf", Files.readAllBytes(network.resolver()));
  }

  private void placeFile(String target, byte[] content) throws IOException {
    standIns.place(target, false, null, (at, name) -> makeFile(at, name, content, 0644, 0, 0));
  }

  private static void makeDevices(int directory, byte[] name) throws LinuxException {
    makeDirectory(directory, name, 0755);
    int made = Descriptors.open(directory, name, Descriptors.DIRECTORY, 0);
    try {
      Devices.makeNodes(made);
      Devices.makeLinks(made);
      makeDirectory(made, PathBytes.of("shm"), 01777);
    } finally {
      Descriptors.close(made);
    }
  }

  void place(StepMount mount) throws IOException {
    if (mount instanceof StepMount.Bind bind) {
      placeBind(bind);
    } else if (mount instanceof StepMount.Cache cache) {
      placeCache(cache);
    } else if (mount instanceof StepMount.Tmpfs tmpfs) {
      if (tmpfs.size() > 0) {
        throw new SandboxException(
            "--sandbox=chroot cannot limit the size of the tmpfs mount on '" + tmpfs.target() + "'",
            "leave its size out: it is a directory on disk there");
      }
      FileStatus covered = standIns.find(tmpfs.target());
      int mode = covered != null && covered.isDirectory() ? covered.permissions() : 01777;
      standIns.place(tmpfs.target(), true, null, (at, name) -> makeDirectory(at, name, mode));
    } else if (mount instanceof StepMount.Secret secret) {
      standIns.place(
          secret.target(),
          false,
          null,
          (at, name) ->
              makeFile(at, name, secret.content(), secret.mode(), secret.uid(), secret.gid()));
    } else if (mount instanceof StepMount.Ssh ssh) {
      byte[] socket = PathBytes.of(ssh.socket());
      standIns.place(ssh.target(), false, null, (at, name) -> Inodes.link(HERE, socket, at, name));
    }
  }

  /** A copy, also where it is read-only: what the step writes to it is thrown away. */
  private void placeBind(StepMount.Bind bind) throws IOException {
    Path all = nextDirectory();
    LayerCopy.apply(bind.source(), bind.source().names().size(), all);
    Path selected = select(all, bind.subpath(), bind.target());
    move(bind.target(), selected, null);
  }

  /** Itself: moved here and, when the step has ended, back. Steps run one after the other. */
  private void placeCache(StepMount.Cache cache) throws IOException {
    Path initial = null;
    boolean isNew = !Files.exists(cache.directory().resolve("content"));
    if (isNew && cache.initial() != null) {
      initial = nextDirectory();
      LayerCopy.apply(cache.initial(), cache.initial().names().size(), initial);
    }
    Path content = new CacheDirectory(cache).content(initial);
    if (cache.readOnly()) {
      content = TreeCopy.copy(content, "", nextDirectory());
    }
    Path selected =
        cache.subpath().isEmpty() ? content : select(content, cache.subpath(), cache.target());
    move(cache.target(), selected, cache.readOnly() ? null : selected);
  }

  private void move(String target, Path source, @Nullable Path keeper) throws IOException {
    byte[] from = PathBytes.of(source);
    boolean isDirectory = Inodes.status(HERE, from).isDirectory();
    standIns.place(
        target,
        isDirectory,
        keeper,
        (at, name) -> {
          try {
            Inodes.rename(HERE, from, at, name);
          } catch (LinuxException e) {
            throw new SandboxException(
                "cannot move what is mounted on '"
                    + target
                    + "' into the step's root: "
                    + e.reason(),
                e.errno() == Errno.EXDEV
                    ? "the store must not be part of the container's image: choose another"
                        + " --cache-dir"
                    : null,
                e);
          }
        });
  }

  /** Finds a part of a tree without leaving the tree. */
  private static Path select(Path tree, String subpath, String target) throws IOException {
    int root = Descriptors.open(HERE, PathBytes.of(tree), Descriptors.DIRECTORY, 0);
    try {
      String path = subpath.isEmpty() ? "/" : subpath;
      int found = Descriptors.openResolved(root, PathBytes.of(path), Descriptors.PATH, 0, RESOLVE);
      try {
        byte[] link = Inodes.readLink(HERE, PathBytes.of("/proc/self/fd/" + found));
        return Path.of(new String(link, StandardCharsets.UTF_8));
      } finally {
        Descriptors.close(found);
      }
    } catch (LinuxException e) {
      if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
        throw e;
      }
      throw MountSources.notFound(subpath, target, e);
    } finally {
      Descriptors.close(root);
    }
  }

  private Path nextDirectory() throws IOException {
    Path made = Files.createDirectory(scratch.resolve("mount" + count++));
    Inodes.changeMode(HERE, PathBytes.of(made), 0755);
    return made;
  }

  private static void makeDirectory(int directory, byte[] name, int mode) throws LinuxException {
    Inodes.makeDirectory(directory, name, 0700);
    Inodes.changeMode(directory, name, mode);
  }

  private static void makeFile(
      int directory, byte[] name, byte[] content, int mode, int uid, int gid) throws IOException {
    int flags = Descriptors.CREATE | Descriptors.EXCLUSIVE | Descriptors.WRITE;
    int file = Descriptors.open(directory, name, flags, 0600);
    try (TransferBuffer buffer = new TransferBuffer(Math.max(1, content.length))) {
      buffer.write(file, content, 0, content.length);
    } finally {
      Descriptors.close(file);
    }
    Inodes.changeOwner(directory, name, uid, gid);
    Inodes.changeMode(directory, name, mode);
  }
}
