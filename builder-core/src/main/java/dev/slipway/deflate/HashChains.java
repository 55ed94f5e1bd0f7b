package dev.slipway.deflate;

import java.util.Arrays;

/**
 * Remembers the latest place of each three bytes, and all places of each four in a chain, the
 * latest first: the thorough finder.
 *
 * <p>Places are kept modulo 64 Ki, which makes the tables small. A place of long ago may so look
 * like a near one; it is then compared like any, and its chain ends where distances do not grow.
 */
final class HashChains implements MatchFinder {
  private static final int HASH_3_BITS = 14;
  static final int HASH_4_BITS = 15;
  private static final int PLACES = Alphabet.MAX_DISTANCE;
  private static final int MULTIPLIER = 0x9E3779B1; // 2^32 over the golden ratio
  private static final int PLACE_MASK = 0xffff;

  private final char[] latest3 = new char[1 << HASH_3_BITS];
  private final char[] latest4 = new char[1 << HASH_4_BITS];
  private final char[] earlier = new char[PLACES];
  private final int depth;
  private final int enough;

  /**
   * @param depth how many places are compared, which bounds the time whatever the input
   * @param enough a length with which the search ends
   */
  HashChains(int depth, int enough) {
    this.depth = depth;
    this.enough = enough;
  }

  @Override
  public void clear() {
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

  @Override
  public void insert(byte[] in, int from, int to) {
    for (int at = from; at < to; at++) {
      int bytes = Bytes.intAt(in, at);
      int hash4 = hash4(bytes);
      earlier[at & PLACES - 1] = latest4[hash4];
      latest4[hash4] = (char) at;
      latest3[hash3(bytes)] = (char) at;
    }
  }

  /** The better the match is that there is, the fewer places are compared. */
  @Override
  public int find(byte[] in, int at, int longer, int max, int ahead, int near3) {
    int bytes = Bytes.intAt(in, at);
    int hash3 = hash3(bytes);
    int hash4 = hash4(bytes);
    int place3 = latest3[hash3];
    int place4 = latest4[hash4];
    latest3[hash3] = (char) at;
    latest4[hash4] = (char) at;
    earlier[at & PLACES - 1] = (char) place4;
    int farthest = Math.min(at, PLACES);
    int found = search(in, at, place4, longer, max, depth >> ahead, farthest);
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

  private int search(byte[] in, int at, int first, int longer, int max, int places, int farthest) {
    int best = Math.max(longer, 3);
    int found = 0;
    int place = first;
    int last = 0;
    int tailAt = at + best - 3;
    int tail = Bytes.intAt(in, tailAt);
    for (int left = places; left > 0; left--) {
      int distance = at - place & PLACE_MASK;
      if (distance <= last || distance > farthest) {
        break;
      }
      last = distance;
      if (Bytes.intAt(in, tailAt - distance) == tail) {
        int length = Bytes.commonLength(in, at - distance, at, max);
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
}
