package dev.slipway.worker;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.sandbox.rootfs.Whiteout;
import dev.slipway.tree.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directories that an overlay merges at one path, the topmost first, with the layers' own
 * deletions and opaque marks heeded.
 */
final class LowerDirectories implements AutoCloseable {
  private final List<Integer> opened;

  /** Those given are closed by the caller where this is not closed. */
  LowerDirectories(List<Integer> opened) {
    this.opened = opened;
  }

  static LowerDirectories none() {
    return new LowerDirectories(List.of());
  }

  /** An entry of a lower directory. */
  record Found(int directory, byte[] name, FileStatus status) {
    @Nullable Entry read(byte[] path) throws IOException {
      return EntryReader.read(directory, name, status, path);
    }
  }

  /** What the merged directory shows under the name, or null. */
  @Nullable Found find(byte[] name) throws LinuxException {
    for (int directory : opened) {
      FileStatus status = Inodes.find(directory, name);
      if (status != null) {
        return Whiteout.is(directory, name, status) ? null : new Found(directory, name, status);
      }
    }
    return null;
  }

  /** The directories that are merged under the name; the caller closes them. */
  LowerDirectories enter(byte[] name) throws LinuxException {
    List<Integer> below = new ArrayList<>();
    boolean complete = false;
    try {
      for (int directory : opened) {
        FileStatus status = Inodes.find(directory, name);
        if (status == null) {
          continue;
        }
        if (!status.isDirectory()) {
          break;
        }
        below.add(Descriptors.openDirectory(directory, name));
        if (Whiteout.isOpaque(directory, name)) {
          break;
        }
      }
      complete = true;
    } finally {
      if (!complete) {
        below.forEach(Descriptors::close);
      }
    }
    return new LowerDirectories(below);
  }

  @Override
  public void close() {
    opened.forEach(Descriptors::close);
  }
}
