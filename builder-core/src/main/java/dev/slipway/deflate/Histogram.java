package dev.slipway.deflate;

import java.util.Arrays;

/** How often each symbol occurs. */
final class Histogram {
  /** What describing one used symbol takes in a block's header, about. */
  private static final int BITS_A_SYMBOL = 4;

  final int[] literals = new int[Alphabet.LITERALS_AND_LENGTHS];
  final int[] distances = new int[Alphabet.DISTANCES];

  void clear() {
    Arrays.fill(literals, 0);
    Arrays.fill(distances, 0);
  }

  void add(Histogram other) {
    addTo(literals, other.literals);
    addTo(distances, other.distances);
  }

  void set(Histogram other) {
    System.arraycopy(other.literals, 0, literals, 0, literals.length);
    System.arraycopy(other.distances, 0, distances, 0, distances.length);
  }

  private static void addTo(int[] counts, int[] more) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += more[i];
    }
  }

  /** The bits that a code made for these symbols takes, header included, as the entropy has it. */
  long bits() {
    return bits(literals) + bits(distances);
  }

  private static long bits(int[] counts) {
    int total = 0;
    int used = 0;
    long parts = 0;
    for (int count : counts) {
      if (count > 0) {
        total += count;
        used++;
        parts += Log2.timesLog(count);
      }
    }
    return (Log2.timesLog(total) - parts >> Log2.FRACTION) + (long) BITS_A_SYMBOL * used;
  }
}
