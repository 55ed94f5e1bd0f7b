package dev.slipway.deflate;

import java.util.Arrays;

/** Writes blocks, each in the shortest of the three ways, RFC 1951, section 3.2.3. */
final class BlockWriter {
  private static final int STORED = 0;
  private static final int FIXED = 1;
  private static final int DYNAMIC = 2;
  private static final int STORED_MAX = 0xffff;

  /**
   * Four literals and what is left of a byte fit into a long; 15 would save nothing to speak of.
   */
  private static final int LONGEST_CODE = 14;

  private static final HuffmanCode FIXED_LITERALS = fixedLiterals();
  private static final HuffmanCode FIXED_DISTANCES = fixedDistances();

  private final HuffmanCode literals = new HuffmanCode(Alphabet.LITERALS_AND_LENGTHS, LONGEST_CODE);
  private final HuffmanCode distances = new HuffmanCode(Alphabet.DISTANCES, LONGEST_CODE);
  private final CodeDescription description = new CodeDescription();
  private final int[] lengths = new int[Alphabet.MAX_MATCH + 1];

  private static HuffmanCode fixedLiterals() {
    byte[] lengths = new byte[288];
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    Arrays.fill(lengths, 280, 288, (byte) 8);
    return HuffmanCode.ofLengths(lengths, 9);
  }

  private static HuffmanCode fixedDistances() {
    byte[] lengths = new byte[32];
    Arrays.fill(lengths, (byte) 5);
    return HuffmanCode.ofLengths(lengths, 5);
  }

  /**
   * Writes a block that is not the last.
   *
   * @param tokens what the input between the two places became; the first {@code count} of them
   * @param counts the symbols of these
   */
  void write(byte[] in, int from, int to, Tokens tokens, int count, Histogram counts, BitSink out) {
    counts.literals[Alphabet.END_OF_BLOCK] = 1;
    literals.build(counts.literals);
    distances.build(counts.distances);
    description.describe(literals, distances);
    long dynamic =
        description.bits() + literals.bits(counts.literals) + distances.bits(counts.distances);
    long fixed = FIXED_LITERALS.bits(counts.literals) + FIXED_DISTANCES.bits(counts.distances);
    long coded = 3 + extraBits(counts) + Math.min(dynamic, fixed);
    if (storedBits(to - from, out.odd()) <= coded) {
      store(in, from, to, out);
    } else if (fixed <= dynamic) {
      out.put(FIXED << 1, 3);
      writeTokens(in, from, tokens, count, FIXED_LITERALS, FIXED_DISTANCES, out);
    } else {
      out.put(DYNAMIC << 1, 3);
      description.writeTo(out);
      writeTokens(in, from, tokens, count, literals, distances, out);
    }
  }

  private static long extraBits(Histogram counts) {
    long bits = 0;
    for (int i = Alphabet.FIRST_LENGTH; i < Alphabet.LITERALS_AND_LENGTHS; i++) {
      bits += (long) counts.literals[i] * Alphabet.lengthExtraBits(i);
    }
    for (int i = 0; i < Alphabet.DISTANCES; i++) {
      bits += (long) counts.distances[i] * Alphabet.distanceExtraBits(i);
    }
    return bits;
  }

  private void writeTokens(
      byte[] in,
      int from,
      Tokens tokens,
      int count,
      HuffmanCode literalCode,
      HuffmanCode distanceCode,
      BitSink out) {
    for (int length = Alphabet.MIN_MATCH; length <= Alphabet.MAX_MATCH; length++) {
      int symbol = Alphabet.lengthSymbol(length);
      int entry = literalCode.entry(symbol);
      int bits = entry & HuffmanCode.LENGTH_MASK;
      int code = entry >>> HuffmanCode.LENGTH_BITS | length - Alphabet.lengthBase(symbol) << bits;
      lengths[length] = code << HuffmanCode.LENGTH_BITS | bits + Alphabet.lengthExtraBits(symbol);
    }
    out.putTokens(in, from, tokens, count, literalCode.entries(), lengths, distanceCode.entries());
    int end = literalCode.entry(Alphabet.END_OF_BLOCK);
    out.put(end >>> HuffmanCode.LENGTH_BITS, end & HuffmanCode.LENGTH_MASK);
  }

  private static long storedBits(int length, int odd) {
    int blocks = Math.max(1, (length + STORED_MAX - 1) / STORED_MAX);
    int padding = -(odd + 3) & 7;
    return padding - 5 + 8L * (length + 5L * blocks);
  }

  /** Writes bytes as they are; with none, this is what aligns the data to a byte. */
  static void store(byte[] in, int from, int to, BitSink out) {
    int at = from;
    do {
      int length = Math.min(STORED_MAX, to - at);
      out.put(STORED << 1, 3);
      out.align();
      out.put(length | (~length & 0xffffL) << 16, 32);
      out.putBytes(in, at, length);
      at += length;
    } while (at < to);
  }
}
