package dev.slipway.deflate;

/** The symbols of deflated data, RFC 1951, section 3.2.5: literals and lengths, and distances. */
final class Alphabet {
  static final int END_OF_BLOCK = 256;
  static final int FIRST_LENGTH = 257;
  static final int LITERALS_AND_LENGTHS = 286;
  static final int DISTANCES = 30;

  static final int MIN_MATCH = 3;
  static final int MAX_MATCH = 258;
  static final int MAX_DISTANCE = 1 << 15;

  private static final int LENGTH_SYMBOLS = LITERALS_AND_LENGTHS - FIRST_LENGTH;
  private static final byte[] LENGTH_EXTRA = new byte[LENGTH_SYMBOLS];
  private static final short[] LENGTH_BASE = new short[LENGTH_SYMBOLS];

  /** The symbol of each length, less {@link #FIRST_LENGTH}. */
  private static final byte[] LENGTH_SYMBOL = new byte[MAX_MATCH + 1];

  static {
    int length = MIN_MATCH;
    for (int symbol = 0; symbol < LENGTH_SYMBOLS - 1; symbol++) {
      int extra = symbol < 8 ? 0 : (symbol >> 2) - 1;
      LENGTH_EXTRA[symbol] = (byte) extra;
      LENGTH_BASE[symbol] = (short) length;
      for (int i = 0; i < 1 << extra; i++) {
        LENGTH_SYMBOL[length++] = (byte) symbol;
      }
    }
    // The longest has a symbol of its own, and is not the last of the one before.
    LENGTH_BASE[LENGTH_SYMBOLS - 1] = MAX_MATCH;
    LENGTH_SYMBOL[MAX_MATCH] = (byte) (LENGTH_SYMBOLS - 1);
  }

  private Alphabet() {}

  static int lengthSymbol(int length) {
    return FIRST_LENGTH + LENGTH_SYMBOL[length];
  }

  /** How many bits follow a length's symbol. */
  static int lengthExtraBits(int symbol) {
    return LENGTH_EXTRA[symbol - FIRST_LENGTH];
  }

  static int lengthBase(int symbol) {
    return LENGTH_BASE[symbol - FIRST_LENGTH];
  }

  static int distanceSymbol(int distance) {
    int from = distance - 1;
    if (from < 4) {
      return from;
    }
    int high = 31 - Integer.numberOfLeadingZeros(from);
    return 2 * high + (from >>> high - 1 & 1);
  }

  /** How many bits follow a distance's symbol. */
  static int distanceExtraBits(int symbol) {
    return symbol < 4 ? 0 : (symbol >> 1) - 1;
  }
}
