package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.StepMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A directory that steps share, or the one file that a cache starts as. Its content is made aside
 * and renamed, so that of several steps that find it new one makes it and all use the same.
 */
final class CacheDirectory {
  private final StepMount.Cache cache;

  CacheDirectory(StepMount.Cache cache) {
    this.cache = cache;
  }

  /**
   * What a step mounts; made first where it is not there.
   *
   * @param initial a mounted tree to start with, or null
   */
  Path content(@Nullable Path initial) throws IOException {
    Path content = cache.directory().resolve("content");
    if (Files.exists(content)) {
      return content;
    }
    Path aside = Files.createTempDirectory(cache.directory(), "new");
    Path made = aside;
    if (initial == null) {
      byte[] path = PathBytes.of(aside);
      Inodes.changeOwner(Descriptors.WORKING_DIRECTORY, path, cache.uid(), cache.gid());
      Inodes.changeMode(Descriptors.WORKING_DIRECTORY, path, cache.mode());
    } else {
      made = TreeCopy.copy(initial, cache.initialSubpath(), aside);
    }
    rename(made, content);
    return content;
  }

  /** Where somebody else was first, what was made goes with the cache. */
  private static void rename(Path made, Path content) throws IOException {
    int here = Descriptors.WORKING_DIRECTORY;
    try {
      // Any other rename would replace what is there as long as it is empty, while it is mounted.
      Inodes.renameToNew(here, PathBytes.of(made), here, PathBytes.of(content));
    } catch (LinuxException e) {
      if (e.errno() == Errno.EINVAL) {
        moveUnlessThere(made, content);
      } else if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
  }

  private static void moveUnlessThere(Path made, Path content) throws IOException {
    try {
      Files.move(made, content);
    } catch (IOException e) {
      if (!Files.exists(content)) {
        throw e;
      }
    }
  }
}
