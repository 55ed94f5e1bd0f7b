package dev.slipway.worker;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.TransferBuffer;
import java.io.IOException;
import java.nio.file.Path;

/** A file of a layer directory, read without following a link. */
final class LayerFile {
  private LayerFile() {}

  /** Takes the file's bytes piece by piece. */
  @FunctionalInterface
  interface Sink {
    void take(byte[] bytes, int length) throws IOException;
  }

  static void read(Path directory, byte[] path, Sink sink) throws IOException {
    int root = Descriptors.openPlace(directory);
    try (TransferBuffer buffer = new TransferBuffer(Frame.PIECE)) {
      int resolve = Descriptors.IN_ROOT | Descriptors.NO_LINKS;
      int file = Descriptors.openResolved(root, path, Descriptors.READ, 0, resolve);
      try {
        byte[] bytes = new byte[Frame.PIECE];
        int count;
        while ((count = buffer.read(file, bytes, 0, bytes.length)) > 0) {
          sink.take(bytes, count);
        }
      } finally {
        Descriptors.close(file);
      }
    } finally {
      Descriptors.close(root);
    }
  }
}
