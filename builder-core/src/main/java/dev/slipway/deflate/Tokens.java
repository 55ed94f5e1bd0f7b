package dev.slipway.deflate;

/**
 * What a stretch of input became: runs of literals, each with the match behind it. Literals stay in
 * the input. A match is an int, its length in the upper half and its distance in the lower; 0 is
 * none.
 */
final class Tokens {
  /** Enough for 200 kB of usual data; what has more is ended there. */
  static final int CAPACITY = 1 << 14;

  private final long[] tokens = new long[CAPACITY];
  private int size;

  static int match(int length, int distance) {
    return length << 16 | distance;
  }

  static int length(int match) {
    return match >>> 16;
  }

  static int distance(int match) {
    return match & 0xffff;
  }

  static int literals(long token) {
    return (int) (token >>> 32);
  }

  static int match(long token) {
    return (int) token;
  }

  void add(int literals, int match) {
    tokens[size++] = (long) literals << 32 | match;
  }

  int size() {
    return size;
  }

  int room() {
    return CAPACITY - size;
  }

  long get(int index) {
    return tokens[index];
  }

  /** Forgets the first ones. */
  void removeFirst(int count) {
    System.arraycopy(tokens, count, tokens, 0, size - count);
    size -= count;
  }

  void clear() {
    size = 0;
  }
}
