package dev.slipway.deflate;

/** What the last stretch of input tells of how to look for matches in the next. */
final class Pace {
  /** What a match costs beside the bits of its distance, about: two symbols. */
  private static final int MATCH_BITS = 9;

  private static final int FIRST_NEAR_3 = 1 << 12;
  private static final int MAX_STRIDE = 8;

  /** Where less than this part of the bytes is in matches, most places are not searched. */
  private static final int RARE = 12;

  private int near3;
  private int stride;

  void reset() {
    near3 = FIRST_NEAR_3;
    stride = 1;
  }

  /** How far a match of three bytes may be away, not to cost more than three literals. */
  int near3() {
    return near3;
  }

  /** Of how many places one is searched, until a match is found. */
  int stride() {
    return stride;
  }

  /**
   * @param counts the symbols that so many bytes became
   */
  void adapt(Histogram counts, int bytes) {
    int literals = 0;
    long parts = 0;
    for (int i = 0; i < Alphabet.END_OF_BLOCK; i++) {
      literals += counts.literals[i];
      parts += Log2.timesLog(counts.literals[i]);
    }
    if (literals > 0) {
      long bitsOfThree = 3 * (Log2.timesLog(literals) - parts) / literals >> Log2.FRACTION;
      near3 = 1 << Math.max(0, Math.min(15, (int) bitsOfThree - MATCH_BITS));
    }
    boolean rare = bytes - literals < bytes / RARE;
    stride = rare ? Math.min(2 * stride, MAX_STRIDE) : 1;
  }
}
