package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.StepMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A directory that steps share. Its content is made aside and renamed, so that of several steps
 * that find it new one makes it and all use the same.
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
    if (Files.isDirectory(content)) {
      return content;
    }
    Path aside = Files.createTempDirectory(cache.directory(), "new");
    if (initial == null) {
      byte[] path = PathBytes.of(aside);
      Inodes.changeOwner(Descriptors.WORKING_DIRECTORY, path, cache.uid(), cache.gid());
      Inodes.changeMode(Descriptors.WORKING_DIRECTORY, path, cache.mode());
    } else {
      TreeCopy.copy(initial, cache.initialSubpath(), aside);
    }
    try {
      Files.move(aside, content);
    } catch (IOException e) {
      if (!Files.isDirectory(content)) {
        throw e;
      }
      // somebody else was first; what is aside goes with the cache
    }
    return content;
  }
}
