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
    int at = from;
    for (int i = 0; i < count; i++) {
      long token = tokens.get(i);
      int end = at + Tokens.literals(token);
      putLiterals(in, at, end, literals);
      at = end;
      int match = Tokens.match(token);
      if (match != 0) {
        putMatch(lengths[Tokens.length(match)], Tokens.distance(match), distances);
        at += Tokens.length(match);
      }
    }
  }

  private void putLiterals(byte[] in, int from, int to, int[] codes) {
    long buffer = bits;
    int held = count;
    int at = size;
    int i = from;
    while (i < to) {
      int some = Math.min(to, i + 4);
      while (i < some) {
        int code = codes[in[i++] & 0xff];
        buffer |= (long) (code >>> HuffmanCode.LENGTH_BITS) << held;
        held += code & HuffmanCode.LENGTH_MASK;
      }
      Bytes.putLong(out, at, buffer);
      at += held >>> 3;
      buffer >>>= held & ~7;
      held &= 7;
    }
    bits = buffer;
    count = held;
    size = at;
  }

  private void putMatch(int length, int distance, int[] distances) {
    int symbol = Alphabet.distanceSymbol(distance);
    int extraBits = Alphabet.distanceExtraBits(symbol);
    int code = distances[symbol];
    int codeBits = code & HuffmanCode.LENGTH_MASK;
    int lengthBits = length & HuffmanCode.LENGTH_MASK;
    long extra = distance - 1 & (1 << extraBits) - 1;
    long value = extra << codeBits | code >>> HuffmanCode.LENGTH_BITS;
    value = value << lengthBits | length >>> HuffmanCode.LENGTH_BITS;
    put(value, lengthBits + codeBits + extraBits);
  }
}
