package dev.slipway.deflate;

import java.util.Arrays;

/** A prefix code, RFC 1951, section 3.2.2: the lengths that suit given counts, and their codes. */
final class HuffmanCode {
  /** Where an entry has its length. */
  static final int LENGTH_BITS = 5;

  static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

  private static final int SYMBOL_BITS = 9;

  private final int limit;
  private final byte[] lengths;
  private final int[] entries;
  private final long[] order;
  private final int[] work;
  private final int[] ofLength = new int[17];

  /**
   * @param limit the longest that a code may be, at most 15
   */
  HuffmanCode(int symbols, int limit) {
    this.limit = limit;
    this.lengths = new byte[symbols];
    this.entries = new int[symbols];
    this.order = new long[symbols];
    this.work = new int[symbols];
  }

  static HuffmanCode ofLengths(byte[] lengths, int limit) {
    HuffmanCode code = new HuffmanCode(lengths.length, limit);
    System.arraycopy(lengths, 0, code.lengths, 0, lengths.length);
    Arrays.fill(code.ofLength, 0);
    for (byte length : lengths) {
      code.ofLength[length]++;
    }
    code.assign();
    return code;
  }

  int symbols() {
    return lengths.length;
  }

  /** The bits of a symbol's code; 0 if it has none. */
  int length(int symbol) {
    return lengths[symbol];
  }

  /** A symbol's code with its first bit the lowest, above {@link #LENGTH_BITS} for its length. */
  int entry(int symbol) {
    return entries[symbol];
  }

  int[] entries() {
    return entries;
  }

  /** The bits that symbols take that occur so often. */
  long bits(int[] counts) {
    long bits = 0;
    for (int i = 0; i < counts.length; i++) {
      bits += (long) counts[i] * lengths[i];
    }
    return bits;
  }

  /**
   * Becomes the best code for symbols that occur so often, but for its limit. It has two symbols at
   * least, as some decoders want it.
   */
  void build(int[] counts) {
    Arrays.fill(lengths, (byte) 0);
    Arrays.fill(ofLength, 0);
    int used = 0;
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      if (counts[symbol] > 0) {
        order[used++] = (long) counts[symbol] << SYMBOL_BITS | symbol;
      }
    }
    for (int symbol = 0; used < 2; symbol++) {
      if (counts[symbol] == 0) {
        order[used++] = symbol;
      }
    }
    Arrays.sort(order, 0, used);
    findDepths(used);
    limitDepths();
    int index = 0;
    for (int length = limit; length > 0; length--) {
      for (int i = 0; i < ofLength[length]; i++) {
        lengths[(int) order[index++] & (1 << SYMBOL_BITS) - 1] = (byte) length;
      }
    }
    assign();
  }

  /**
   * Counts how many codes have which length, by Moffat and Katajainen's "In-place calculation of
   * minimum-redundancy codes"; those over the limit are counted there.
   */
  private void findDepths(int used) {
    for (int i = 0; i < used; i++) {
      work[i] = (int) (order[i] >>> SYMBOL_BITS);
    }
    joinNodes(used);
    work[used - 2] = 0;
    for (int i = used - 3; i >= 0; i--) {
      work[i] = work[work[i]] + 1;
    }
    int open = 1;
    int node = used - 2;
    for (int depth = 0; open > 0; depth++) {
      int inner = 0;
      while (node >= 0 && work[node] == depth) {
        inner++;
        node--;
      }
      ofLength[Math.min(depth, limit)] += open - inner;
      open = 2 * inner;
    }
  }

  /** Makes each place the parent of an inner node, in the order in which nodes are joined. */
  private void joinNodes(int used) {
    int root = 0;
    int leaf = 0;
    for (int next = 0; next < used - 1; next++) {
      int weight = 0;
      for (int side = 0; side < 2; side++) {
        if (leaf >= used || root < next && work[root] < work[leaf]) {
          weight += work[root];
          work[root++] = next;
        } else {
          weight += work[leaf++];
        }
      }
      work[next] = weight;
    }
  }

  /** Moves codes down until those at the limit fit, each time the deepest that can. */
  private void limitDepths() {
    int over = -(1 << limit);
    for (int length = 1; length <= limit; length++) {
      over += ofLength[length] << limit - length;
    }
    for (; over > 0; over--) {
      int length = limit - 1;
      while (ofLength[length] == 0) {
        length--;
      }
      // This one and one from the limit become its two children.
      ofLength[length]--;
      ofLength[length + 1] += 2;
      ofLength[limit]--;
    }
  }

  private void assign() {
    int[] next = new int[limit + 2];
    int code = 0;
    for (int length = 1; length <= limit; length++) {
      next[length] = code;
      code = code + ofLength[length] << 1;
    }
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      int length = lengths[symbol];
      entries[symbol] =
          length == 0 ? 0 : Integer.reverse(next[length]++) >>> 32 - length << LENGTH_BITS | length;
    }
  }
}
