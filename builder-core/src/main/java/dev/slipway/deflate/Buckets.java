package dev.slipway.deflate;

import java.util.Arrays;

/**
 * Remembers the latest three places of each five bytes, in one long, and the latest of each three:
 * the quick finder. All three places are compared at once, without a branch for each of them.
 */
final class Buckets implements MatchFinder {
  private static final int WAYS = 3;
  private static final int BUCKET_BITS = 14;
  private static final long MULTIPLIER = 0x9E3779B185EBCA87L; // 2^64 over the golden ratio, about

  /** Three bytes are of use only where they are near, so a small table does. */
  private static final int THREES_BITS = 13;

  private static final int PLACE_BITS = Long.SIZE / WAYS;
  private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;

  private final long[] buckets = new long[1 << BUCKET_BITS];
  private final int[] threes = new int[1 << THREES_BITS];

  @Override
  public void clear() {
    Arrays.fill(buckets, 0);
    Arrays.fill(threes, 0);
  }

  private static int hash5(long bytes) {
    return (int) ((bytes << 24) * MULTIPLIER >>> Long.SIZE - BUCKET_BITS);
  }

  private static int hash3(long bytes) {
    return (int) ((bytes << 40) * MULTIPLIER >>> Long.SIZE - THREES_BITS);
  }

  @Override
  public void insert(byte[] in, int from, int to) {
    for (int at = from; at < to; at++) {
      long bytes = Bytes.longAt(in, at);
      int bucket = hash5(bytes);
      buckets[bucket] = buckets[bucket] << PLACE_BITS | at;
      threes[hash3(bytes)] = at;
    }
  }

  /** A match of less than five bytes is found only where it is the latest, or by chance. */
  @Override
  public int find(byte[] in, int at, int longer, int max, int ahead, int near3) {
    long bytes = Bytes.longAt(in, at);
    int bucket = hash5(bytes);
    long places = buckets[bucket];
    buckets[bucket] = places << PLACE_BITS | at;
    int three = hash3(bytes);
    int place3 = threes[three];
    threes[three] = at;

    int best = equalBits(in, bytes, places, 0) | 2;
    best = Math.max(best, equalBits(in, bytes, places, 1) | 1);
    best = Math.max(best, equalBits(in, bytes, places, 2));
    if (best >= 4 * Byte.SIZE) {
      int distance = at - place(places, 2 - (best & 3));
      int found =
          best < 8 * Byte.SIZE && distance <= Alphabet.MAX_DISTANCE
              ? Tokens.match(best / Byte.SIZE, distance)
              : longest(in, at, places, max);
      if (found != 0) {
        return Tokens.length(found) > longer ? found : 0;
      }
    }
    return longer < 4 ? latest(in, at, bytes, place3, longer, max, near3) : 0;
  }

  private static int place(long places, int way) {
    return (int) (places >>> way * PLACE_BITS) & PLACE_MASK;
  }

  /** How many of eight bytes are equal, times 8: the three lowest bits are free. */
  private static int equalBits(byte[] in, long bytes, long places, int way) {
    long difference = Bytes.longAt(in, place(places, way)) ^ bytes;
    return Long.numberOfTrailingZeros(difference) & -Byte.SIZE;
  }

  /** Compares all bytes, and leaves out places that are too far away. */
  private static int longest(byte[] in, int at, long places, int max) {
    int best = 3;
    int found = 0;
    for (int way = 0; way < WAYS; way++) {
      int distance = at - place(places, way);
      if (distance > Alphabet.MAX_DISTANCE) {
        break;
      }
      int length = Bytes.commonLength(in, at - distance, at, max);
      if (length > best) {
        best = length;
        found = Tokens.match(length, distance);
      }
    }
    return found;
  }

  private static int latest(
      byte[] in, int at, long bytes, int place, int longer, int max, int near3) {
    int distance = at - place;
    long difference = Bytes.longAt(in, place) ^ bytes;
    int length = Math.min(max, Long.numberOfTrailingZeros(difference) / Byte.SIZE);
    return length > longer && distance <= (length > 3 ? Alphabet.MAX_DISTANCE : near3)
        ? Tokens.match(length, distance)
        : 0;
  }
}
