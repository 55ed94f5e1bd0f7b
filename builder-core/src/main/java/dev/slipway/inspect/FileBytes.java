package dev.slipway.inspect;

import java.io.IOException;
import java.util.Arrays;

/** The bytes of a file, read from anywhere in it. */
public interface FileBytes {
  long size();

  /**
   * The bytes from {@code offset} on, as many of {@code length} as there are; none where the offset
   * is not in the file.
   */
  byte[] read(long offset, int length) throws IOException;

  /** Bytes in memory. */
  static FileBytes of(byte[] bytes) {
    return new FileBytes() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public byte[] read(long offset, int length) {
        if (offset < 0 || offset >= bytes.length || length <= 0) {
          return new byte[0];
        }
        int start = (int) offset;
        return Arrays.copyOfRange(bytes, start, start + Math.min(length, bytes.length - start));
      }
    };
  }
}
