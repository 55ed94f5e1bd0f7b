package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.ExtendedAttributes;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.linux.TransferBuffer;
import dev.slipway.sandbox.LayerStack;
import java.io.IOException;
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
    int root = Descriptors.openDirectory(here, PathBytes.of(directory));
    try (TransferBuffer buffer = new TransferBuffer(BUFFER_SIZE)) {
      for (int i = count - 1; i >= 0; i--) {
        // One for each layer: it takes a file for a link to one that it copied into another.
        new LayerCopy(root, TreeCopy.withoutMarks(buffer))
            .copyLayer(stack.folder().resolve(names.get(i)));
      }
    } finally {
      Descriptors.close(root);
    }
    RootFilesystem.copyRootMetadata(stack, directory);
  }

  private void copyLayer(Path layer) throws LinuxException {
    int from = Descriptors.openDirectory(Descriptors.WORKING_DIRECTORY, PathBytes.of(layer));
    try {
      if (Whiteout.isOpaque(from, SELF)) {
        clear();
      }
      copyContents(from, root, EMPTY);
    } finally {
      Descriptors.close(from);
    }
  }

  private void clear() throws LinuxException {
    int again = Descriptors.openDirectory(root, SELF); // a descriptor lists its directory once
    try {
      for (byte[] name : Inodes.list(again)) {
        TreeRemoval.removeEntry(again, name);
      }
    } finally {
      Descriptors.close(again);
    }
  }

  private void copyContents(int from, int to, byte[] path) throws LinuxException {
    for (byte[] name : Inodes.list(from)) {
      FileStatus status = Inodes.status(from, name);
      if (Whiteout.is(from, name, status)) {
        TreeRemoval.removeEntry(to, name);
      } else if (status.isDirectory()) {
        copyDirectory(from, to, name, status, PathBytes.join(path, name));
      } else {
        TreeRemoval.removeEntry(to, name);
        copy.copyEntry(from, to, name, status, root, PathBytes.join(path, name));
      }
    }
  }

  private void copyDirectory(int from, int to, byte[] name, FileStatus status, byte[] path)
      throws LinuxException {
    FileStatus below = Inodes.find(to, name);
    if (below != null && below.isDirectory() && !Whiteout.isOpaque(from, name)) {
      byte[] place = PathBytes.below(to, name);
      for (String attribute : ExtendedAttributes.list(place)) {
        ExtendedAttributes.remove(place, attribute);
      }
    } else {
      TreeRemoval.removeEntry(to, name);
      Inodes.makeDirectory(to, name, 0700);
    }
    int source = Descriptors.openDirectory(from, name);
    try {
      int target = Descriptors.openDirectory(to, name);
      try {
        copyContents(source, target, path);
      } finally {
        Descriptors.close(target);
      }
    } finally {
      Descriptors.close(source);
    }
    copy.copyMetadata(from, to, name, status, name);
  }
}
