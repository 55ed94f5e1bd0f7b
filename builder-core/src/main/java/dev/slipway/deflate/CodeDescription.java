package dev.slipway.deflate;

import java.util.Arrays;

/** The two codes of a block as its header has them, RFC 1951, section 3.2.7. */
final class CodeDescription {
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };
  private static final int REPEAT = 16;
  private static final int ZEROS = 17;
  private static final int MANY_ZEROS = 18;
  private static final int[] EXTRA_BITS = {2, 3, 7};

  private final HuffmanCode code = new HuffmanCode(ORDER.length, 7);
  private final int[] counts = new int[ORDER.length];
  private final byte[] lengths = new byte[Alphabet.LITERALS_AND_LENGTHS + Alphabet.DISTANCES];

  /** Symbols, the bits that follow them in the upper half. */
  private final int[] items = new int[lengths.length];

  private int size;
  private int literals;
  private int distances;
  private int described;

  /** Becomes the description of these. */
  void describe(HuffmanCode literalCode, HuffmanCode distanceCode) {
    literals = used(literalCode, Alphabet.FIRST_LENGTH);
    distances = used(distanceCode, 1);
    for (int i = 0; i < literals; i++) {
      lengths[i] = (byte) literalCode.length(i);
    }
    for (int i = 0; i < distances; i++) {
      lengths[literals + i] = (byte) distanceCode.length(i);
    }
    shorten(literals + distances);
    code.build(counts);
    described = ORDER.length;
    while (described > 4 && code.length(ORDER[described - 1]) == 0) {
      described--;
    }
  }

  private static int used(HuffmanCode code, int least) {
    int used = code.symbols();
    while (used > least && code.length(used - 1) == 0) {
      used--;
    }
    return used;
  }

  private void shorten(int total) {
    Arrays.fill(counts, 0);
    size = 0;
    int at = 0;
    while (at < total) {
      int value = lengths[at];
      int run = 1;
      while (at + run < total && lengths[at + run] == value) {
        run++;
      }
      at += run;
      if (value == 0) {
        addZeros(run);
      } else {
        add(value, 0);
        addRepeats(value, run - 1);
      }
    }
  }

  private void addZeros(int run) {
    int left = run;
    while (left >= 11) {
      int some = Math.min(left, 138);
      add(MANY_ZEROS, some - 11);
      left -= some;
    }
    if (left >= 3) {
      add(ZEROS, left - 3);
      left = 0;
    }
    for (; left > 0; left--) {
      add(0, 0);
    }
  }

  private void addRepeats(int value, int run) {
    int left = run;
    while (left >= 3) {
      int some = Math.min(left, 6);
      add(REPEAT, some - 3);
      left -= some;
    }
    for (; left > 0; left--) {
      add(value, 0);
    }
  }

  private void add(int symbol, int extra) {
    items[size++] = extra << 16 | symbol;
    counts[symbol]++;
  }

  /** How many bits it is. */
  long bits() {
    long bits = 5 + 5 + 4 + 3L * described + code.bits(counts);
    for (int i = 0; i < EXTRA_BITS.length; i++) {
      bits += (long) counts[REPEAT + i] * EXTRA_BITS[i];
    }
    return bits;
  }

  void writeTo(BitSink out) {
    out.put(literals - Alphabet.FIRST_LENGTH, 5);
    out.put(distances - 1, 5);
    out.put(described - 4, 4);
    for (int i = 0; i < described; i++) {
      out.put(code.length(ORDER[i]), 3);
    }
    for (int i = 0; i < size; i++) {
      int symbol = items[i] & 0xffff;
      int entry = code.entry(symbol);
      out.put(entry >>> HuffmanCode.LENGTH_BITS, entry & HuffmanCode.LENGTH_MASK);
      if (symbol >= REPEAT) {
        out.put(items[i] >>> 16, EXTRA_BITS[symbol - REPEAT]);
      }
    }
  }
}
