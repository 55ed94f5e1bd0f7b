package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.ExtendedAttributes;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.TransferBuffer;
import dev.slipway.sandbox.LayerStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Makes of layer directories, without a mount, the directory that an overlay would show. */
final class LayerCopy {
  private static final int BUFFER_SIZE = 128 << 10;
  private static final byte[] EMPTY = {};
  private static final byte[] SELF = {'.'};

  private final int root;
  private final TreeCopy copy;

  private LayerCopy(int root, TreeCopy copy) {
    this.root = root;
    this.copy = copy;
  }

  /**
   * Lays the topmost layers of a stack over a directory that shows those below.
   *
   * @param count how many of the stack's layers are missing in the directory
   */
  static void apply(LayerStack stack, int count, Path directory) throws IOException {
    List<String> names = stack.names();
    int here = Descriptors.WORKING_DIRECTORY;
    int root = open(here, bytes(directory));
    try (TransferBuffer buffer = new TransferBuffer(BUFFER_SIZE)) {
      for (int i = count - 1; i >= 0; i--) {
        int layer = open(here, bytes(stack.folder().resolve(names.get(i))));
        if (Whiteout.isOpaque(layer, SELF)) {
          clear(root);
        }
        // One for each layer: files of two layers may have the same inode number.
        new LayerCopy(root, TreeCopy.withoutMarks(buffer))
            .copyContents(layer, open(here, bytes(directory)), EMPTY);
      }
    } finally {
      Descriptors.close(root);
    }
    RootFilesystem.copyRootMetadata(stack, directory);
  }

  private static void clear(int directory) throws LinuxException {
    for (byte[] name : Inodes.list(directory)) {
      TreeRemoval.removeEntry(directory, name);
    }
  }

  /** Closes the two. */
  private void copyContents(int from, int to, byte[] path) throws LinuxException {
    try {
      for (byte[] name : Inodes.list(from)) {
        FileStatus status = Inodes.status(from, name);
        if (Whiteout.is(from, name, status)) {
          TreeRemoval.removeEntry(to, name);
        } else if (status.isDirectory()) {
          copyDirectory(from, to, name, status, TreeCopy.join(path, name));
        } else {
          TreeRemoval.removeEntry(to, name);
          copy.copyEntry(from, to, name, status, root, TreeCopy.join(path, name));
        }
      }
    } finally {
      Descriptors.close(from);
      Descriptors.close(to);
    }
  }

  private void copyDirectory(int from, int to, byte[] name, FileStatus status, byte[] path)
      throws LinuxException {
    FileStatus below = Inodes.find(to, name);
    if (below != null && below.isDirectory() && !Whiteout.isOpaque(from, name)) {
      byte[] place = TreeCopy.below(to, name);
      for (String attribute : ExtendedAttributes.list(place)) {
        ExtendedAttributes.remove(place, attribute);
      }
    } else {
      TreeRemoval.removeEntry(to, name);
      Inodes.makeDirectory(to, name, 0700);
    }
    copyContents(open(from, name), open(to, name), path);
    copy.copyMetadata(from, to, name, status, name);
  }

  private static int open(int directory, byte[] name) throws LinuxException {
    return Descriptors.open(directory, name, Descriptors.DIRECTORY | Descriptors.NO_FOLLOW, 0);
  }

  private static byte[] bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8);
  }
}
