package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Mounts;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.LayerStack;
import dev.slipway.sandbox.PreparedRoot.Attachment;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.StepMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes what a step mounts available under a path of its own, before it is shown to the step. */
final class MountSources {
  private static final int RESOLVE = Descriptors.IN_ROOT | Descriptors.NO_MAGIC_LINKS;

  private final Path scratch;
  private final Path stubs;
  private final Path work;
  private int count;

  /**
   * @param scratch in memory
   * @param stubs lies below every overlay's layers
   * @param work on the file system of layers, for what is thrown away
   */
  MountSources(Path scratch, Path stubs, Path work) {
    this.scratch = scratch;
    this.stubs = stubs;
    this.work = work;
  }

  Attachment prepare(StepMount mount) throws IOException {
    Path place = Files.createDirectory(scratch.resolve("mount" + count++));
    if (mount instanceof StepMount.Bind bind) {
      return new Attachment(bind.target(), bind(bind, place), bind.readOnly());
    }
    if (mount instanceof StepMount.Cache cache) {
      return new Attachment(cache.target(), cache(cache, place), cache.readOnly());
    }
    if (mount instanceof StepMount.Tmpfs tmpfs) {
      String options = tmpfs.size() > 0 ? "mode=1777,size=" + tmpfs.size() : "mode=1777";
      Mounts.mount("tmpfs", place.toString(), "tmpfs", Mounts.NO_SETUID, options);
      return new Attachment(tmpfs.target(), place, tmpfs.readOnly());
    }
    if (mount instanceof StepMount.Secret secret) {
      return new Attachment(secret.target(), secret(secret, place), true);
    }
    StepMount.Ssh ssh = (StepMount.Ssh) mount;
    return new Attachment(ssh.target(), ssh.socket(), false);
  }

  private Path bind(StepMount.Bind bind, Path place) throws IOException {
    Path mounted = mountStack(bind.source(), bind.readOnly(), place);
    return select(mounted, bind.subpath(), place.resolve("selected"), bind.target());
  }

  private Path mountStack(LayerStack stack, boolean readOnly, Path place) throws IOException {
    Path target = Files.createDirectory(place.resolve("all"));
    OverlayMount overlay = new OverlayMount(place, Files.createDirectory(place.resolve("empty")));
    if (readOnly) {
      overlay.mount(stack, null, null, target);
    } else {
      try {
        mountWritable(overlay, stack, work.resolve(place.getFileName()), target);
      } catch (LinuxException e) {
        if (e.errno() != Errno.EINVAL) {
          throw e;
        }
        // an upper directory on an overlay or on NFS is refused: let it be in memory
        OverlayMount again = new OverlayMount(place, Files.createDirectory(place.resolve("none")));
        mountWritable(again, stack, place.resolve("memory"), target);
      }
    }
    return target;
  }

  /** Mounts for writing; what is written is thrown away with {@code folder}. */
  private static void mountWritable(
      OverlayMount overlay, LayerStack stack, Path folder, Path target) throws IOException {
    Files.createDirectory(folder);
    Path upper = Files.createDirectory(folder.resolve("upper"));
    Inodes.changeMode(Descriptors.WORKING_DIRECTORY, PathBytes.of(upper), 0755);
    overlay.mount(stack, upper, Files.createDirectory(folder.resolve("work")), target);
  }

  /** Shows a part of a tree, found without leaving the tree, under a path of its own. */
  private static Path select(Path tree, String subpath, Path selected, String target)
      throws IOException {
    int root = Descriptors.openPlace(tree);
    try {
      String path = subpath.isEmpty() ? "/" : subpath;
      int found = Descriptors.openResolved(root, PathBytes.of(path), Descriptors.PATH, 0, RESOLVE);
      try {
        showAt(found, selected);
      } finally {
        Descriptors.close(found);
      }
      return selected;
    } catch (LinuxException e) {
      if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
        throw e;
      }
      throw notFound(subpath, target, e);
    } finally {
      Descriptors.close(root);
    }
  }

  static SandboxException notFound(String subpath, String target, LinuxException e) {
    return new SandboxException(
        "cannot mount '" + subpath + "' on '" + target + "': not found in the mount's source",
        "the source of a bind mount is looked for from the root of its stage, image or context",
        e);
  }

  private static void showAt(int found, Path selected) throws IOException {
    if (Inodes.status(found).isDirectory()) {
      Files.createDirectory(selected);
    } else {
      Files.createFile(selected);
    }
    int mount = Mounts.cloneTree(found, "");
    try {
      int place =
          Descriptors.open(
              Descriptors.WORKING_DIRECTORY, PathBytes.of(selected), Descriptors.PATH, 0);
      try {
        Mounts.attach(mount, place);
      } finally {
        Descriptors.close(place);
      }
    } finally {
      Descriptors.close(mount);
    }
  }

  private Path cache(StepMount.Cache cache, Path place) throws IOException {
    CacheDirectory directory = new CacheDirectory(cache);
    Path initial = cache.initial() == null ? null : mountStack(cache.initial(), true, place);
    Path content = directory.content(initial);
    if (cache.subpath().isEmpty()) {
      return content;
    }
    return select(content, cache.subpath(), place.resolve("selected"), cache.target());
  }

  /** In memory, on a file system that is not otherwise in the step's sight. */
  private static Path secret(StepMount.Secret secret, Path place) throws IOException {
    Path file = place.resolve("secret");
    Files.write(file, secret.content());
    byte[] path = PathBytes.of(file);
    Inodes.changeOwner(Descriptors.WORKING_DIRECTORY, path, secret.uid(), secret.gid());
    Inodes.changeMode(Descriptors.WORKING_DIRECTORY, path, secret.mode());
    return file;
  }
}
