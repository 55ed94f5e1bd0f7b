package dev.slipway.deflate;

import java.util.Arrays;

/**
 * Finds where bytes occurred before: the latest place of each three bytes, and all places of each
 * four in a chain, the latest first.
 *
 * <p>Places are kept modulo 64 Ki, which makes the tables small. A place of long ago may so look
 * like a near one; it is then compared like any, and its chain ends where distances do not grow.
 */
final class HashChains {
  private static final int HASH_3_BITS = 14;
  static final int HASH_4_BITS = 15;
  private static final int PLACES = Alphabet.MAX_DISTANCE;
  private static final int MULTIPLIER = 0x9E3779B1; // 2^32 over the golden ratio
  private static final int PLACE_MASK = 0xffff;

  /** What a search looks at, at least. */
  static final int MIN_INPUT = 4;

  private final char[] latest3 = new char[1 << HASH_3_BITS];
  private final char[] latest4 = new char[1 << HASH_4_BITS];
  private final char[] earlier = new char[PLACES];

  void clear() {
    Arrays.fill(latest3, (char) 0);
    Arrays.fill(latest4, (char) 0);
    earlier[0] = 0;
  }

  private static int hash3(int bytes) {
    return (bytes << 8) * MULTIPLIER >>> 32 - HASH_3_BITS;
  }

  static int hash4(int bytes) {
    return bytes * MULTIPLIER >>> 32 - HASH_4_BITS;
  }

  /** Makes places known that are not searched for; four bytes must follow each. */
  void insert(byte[] in, int from, int to) {
    for (int at = from; at < to; at++) {
      int bytes = Bytes.intAt(in, at);
      int hash4 = hash4(bytes);
      earlier[at & PLACES - 1] = latest4[hash4];
      latest4[hash4] = (char) at;
      latest3[hash3(bytes)] = (char) at;
    }
  }

  /**
   * Makes a place known and returns the longest match for it, see {@link Tokens}, the nearest of
   * those; 0 if none is longer than asked for.
   *
   * @param at where in the input; {@link #MIN_INPUT} bytes follow, and 8 more can be read
   * @param longer the length that the match must exceed
   * @param max the most bytes to compare
   * @param enough a length with which the search ends
   * @param depth how many places are compared, which bounds the time whatever the input
   * @param near3 how far a match of three bytes may be away
   */
  int find(byte[] in, int at, int longer, int max, int enough, int depth, int near3) {
    int bytes = Bytes.intAt(in, at);
    int hash3 = hash3(bytes);
    int hash4 = hash4(bytes);
    int place3 = latest3[hash3];
    int place4 = latest4[hash4];
    latest3[hash3] = (char) at;
    latest4[hash4] = (char) at;
    earlier[at & PLACES - 1] = (char) place4;
    int farthest = Math.min(at, PLACES);
    int found = search(in, at, place4, longer, max, enough, depth, farthest);
    if (found == 0 && longer < 3) {
      int distance = at - place3 & PLACE_MASK;
      if (distance != 0
          && distance <= Math.min(farthest, near3)
          && (Bytes.intAt(in, at - distance) ^ bytes) << 8 == 0) {
        return Tokens.match(3, distance);
      }
    }
    return found;
  }

  private int search(
      byte[] in, int at, int first, int longer, int max, int enough, int depth, int farthest) {
    int best = Math.max(longer, 3);
    int found = 0;
    int place = first;
    int last = 0;
    int tailAt = at + best - 3;
    int tail = Bytes.intAt(in, tailAt);
    for (int left = depth; left > 0; left--) {
      int distance = at - place & PLACE_MASK;
      if (distance <= last || distance > farthest) {
        break;
      }
      last = distance;
      if (Bytes.intAt(in, tailAt - distance) == tail) {
        int length = commonLength(in, at - distance, at, max);
        if (length > best) {
          best = length;
          found = Tokens.match(length, distance);
          if (length >= enough || length >= max) {
            break;
          }
          tailAt = at + best - 3;
          tail = Bytes.intAt(in, tailAt);
        }
      }
      place = earlier[place & PLACES - 1];
    }
    return found;
  }

  /** How many bytes are equal, at most {@code max}. */
  private static int commonLength(byte[] in, int one, int other, int max) {
    int length = 0;
    do {
      long difference = Bytes.longAt(in, one + length) ^ Bytes.longAt(in, other + length);
      if (difference != 0) {
        return Math.min(max, length + (Long.numberOfTrailingZeros(difference) >>> 3));
      }
      length += 8;
    } while (length < max);
    return max;
  }
}
