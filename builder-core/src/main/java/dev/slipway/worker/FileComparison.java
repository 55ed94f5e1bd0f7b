package dev.slipway.worker;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.TransferBuffer;
import java.util.Arrays;

/** Whether two files hold the same bytes. */
final class FileComparison {
  private static final int BUFFER_SIZE = 64 << 10;

  private FileComparison() {}

  /**
   * @param size of both
   */
  static boolean same(int directory, byte[] name, int otherDirectory, byte[] otherName, long size)
      throws LinuxException {
    if (size == 0) {
      return true;
    }
    int flags = Descriptors.READ | Descriptors.NO_FOLLOW;
    int one = Descriptors.open(directory, name, flags, 0);
    try (TransferBuffer buffer = new TransferBuffer(BUFFER_SIZE)) {
      int other = Descriptors.open(otherDirectory, otherName, flags, 0);
      try {
        return same(one, other, buffer);
      } finally {
        Descriptors.close(other);
      }
    } finally {
      Descriptors.close(one);
    }
  }

  private static boolean same(int one, int other, TransferBuffer buffer) throws LinuxException {
    byte[] bytes = new byte[BUFFER_SIZE];
    byte[] otherBytes = new byte[BUFFER_SIZE];
    while (true) {
      int count = readFully(one, bytes, buffer);
      int otherCount = readFully(other, otherBytes, buffer);
      if (count != otherCount || !Arrays.equals(bytes, 0, count, otherBytes, 0, count)) {
        return false;
      }
      if (count == 0) {
        return true;
      }
    }
  }

  private static int readFully(int file, byte[] bytes, TransferBuffer buffer)
      throws LinuxException {
    int total = 0;
    while (total < bytes.length) {
      int count = buffer.read(file, bytes, total, bytes.length - total);
      if (count == 0) {
        break;
      }
      total += count;
    }
    return total;
  }
}
