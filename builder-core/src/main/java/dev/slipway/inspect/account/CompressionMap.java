package dev.slipway.inspect.account;

import java.util.Arrays;

/**
 * Which byte of a blob an offset in its archive stands for. Known at the ends of stretches, some
 * kilobytes of the blob each; within a stretch it is shared out pro rata. Never falling, so the
 * costs of adjacent parts add up to the cost of the whole.
 */
final class CompressionMap {
  private long[] unpacked = new long[64];
  private long[] stored = new long[64];
  private int count = 1; // the first stretch starts at 0, 0

  /** A stretch ends here. */
  void add(long unpackedEnd, long storedEnd) {
    if (unpackedEnd == unpacked[count - 1]) {
      // What gave no output, as a header, belongs to the stretch that follows.
      return;
    }
    if (count == unpacked.length) {
      unpacked = Arrays.copyOf(unpacked, count * 2);
      stored = Arrays.copyOf(stored, count * 2);
    }
    unpacked[count] = unpackedEnd;
    stored[count++] = storedEnd;
  }

  /** The last stretch ends here, whatever it gave. */
  void finish(long unpackedEnd, long storedEnd) {
    add(unpackedEnd, storedEnd);
    stored[count - 1] = storedEnd;
  }

  /** The place in the blob of {@code offset} in the archive. */
  long storedAt(long offset) {
    int index = Arrays.binarySearch(unpacked, 0, count, offset);
    if (index >= 0) {
      return stored[index];
    }
    int after = -index - 1;
    if (after >= count) {
      return stored[count - 1];
    }
    long into = offset - unpacked[after - 1];
    long length = unpacked[after] - unpacked[after - 1];
    long share = stored[after] - stored[after - 1];
    return stored[after - 1] + Cost.proRata(share, into, length);
  }

  Cost between(long from, long to) {
    return new Cost(to - from, storedAt(to) - storedAt(from));
  }
}
