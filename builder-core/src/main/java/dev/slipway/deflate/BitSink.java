package dev.slipway.deflate;

/** Bits behind one another in bytes, the lowest first; for up to 56 there is always room. */
final class BitSink {
  private final byte[] out;
  private int size;
  private long bits;
  private int count;

  /**
   * @param out has room for 8 bytes more than are put
   */
  BitSink(byte[] out) {
    this.out = out;
  }

  /** Puts the lowest bits of a value whose others are 0, at most 56 of them. */
  void put(long value, int length) {
    bits |= value << count;
    count += length;
    Bytes.putLong(out, size, bits);
    size += count >>> 3;
    bits >>>= count & ~7;
    count &= 7;
  }

  /** Fills the last byte with zeros. */
  void align() {
    put(0, -count & 7);
  }

  /** Puts whole bytes; what was before is aligned. */
  void putBytes(byte[] bytes, int offset, int length) {
    System.arraycopy(bytes, offset, out, size, length);
    size += length;
  }

  boolean isAligned() {
    return count == 0;
  }

  /** The bits that are put, modulo 8. */
  int odd() {
    return count;
  }

  /** The whole bytes so far. */
  int size() {
    return size;
  }

  /**
   * Puts literals and matches.
   *
   * @param literals the code of each literal, see {@link HuffmanCode#entry}
   * @param lengths the codes of the lengths with their extra bits, in the same form
   * @param distances the code of each distance's symbol
   */
  void putTokens(
      byte[] in,
      int from,
      Tokens tokens,
      int count,
      int[] literals,
      int[] lengths,
      int[] distances) {
    // All in local variables: this is a tenth of the time that the encoder takes.
    long buffer = bits;
    int held = this.count;
    int next = size;
    int at = from;
    for (int i = 0; i < count; i++) {
      long token = tokens.get(i);
      int end = at + Tokens.literals(token);
      while (at < end) {
        for (int left = Math.min(end - at, 4); left > 0; left--) {
          int code = literals[in[at++] & 0xff];
          buffer |= (long) (code >>> HuffmanCode.LENGTH_BITS) << held;
          held += code & HuffmanCode.LENGTH_MASK;
        }
        Bytes.putLong(out, next, buffer);
        next += held >>> 3;
        buffer >>>= held & ~7;
        held &= 7;
      }
      int match = Tokens.match(token);
      if (match != 0) {
        int length = lengths[Tokens.length(match)];
        int distance = Tokens.distance(match);
        int symbol = Alphabet.distanceSymbol(distance);
        int extraBits = Alphabet.distanceExtraBits(symbol);
        int code = distances[symbol];
        buffer |= (long) (length >>> HuffmanCode.LENGTH_BITS) << held;
        held += length & HuffmanCode.LENGTH_MASK;
        buffer |= (long) (code >>> HuffmanCode.LENGTH_BITS) << held;
        held += code & HuffmanCode.LENGTH_MASK;
        buffer |= (long) (distance - 1 & (1 << extraBits) - 1) << held;
        held += extraBits;
        Bytes.putLong(out, next, buffer);
        next += held >>> 3;
        buffer >>>= held & ~7;
        held &= 7;
        at += Tokens.length(match);
      }
    }
    bits = buffer;
    this.count = held;
    size = next;
  }
}
