package dev.slipway.deflate;

/**
 * Deflates one piece of input after the other, each into whole bytes that say nothing of an end, so
 * that pieces can be made side by side and put behind one another. Not thread-safe.
 */
public interface PieceEncoder extends AutoCloseable {
  /** How many bytes behind the input must be readable; what they are does not matter. */
  int SLACK = 8;

  /** How many bytes before the input are of use. */
  int WINDOW = 1 << 15;

  /** How much room to give for the output of so much input. */
  static int maxSize(int length) {
    return length + (length >> 6) + 1024;
  }

  /**
   * Deflates what is between two places of an array, as the bytes behind all those before it.
   *
   * @param in {@link #SLACK} bytes behind {@code to} must be there
   * @param from at most {@link #WINDOW}
   * @param out has room for {@link #maxSize}
   * @return how many bytes it became
   */
  int encode(byte[] in, int from, int to, byte[] out);

  /** Frees the memory that the collector does not see. */
  @Override
  void close();
}
