package dev.slipway.deflate;

/** By an encoder of our own: the same bytes on every machine and JDK. Takes 400 kB. */
public final class DeflateEncoder implements PieceEncoder {
  /** How often is asked whether other codes would do better. */
  private static final int STEP = 8 << 10;

  /** How many tokens a step can become: matches, and the literals behind the last. */
  private static final int MOST_TOKENS = STEP / Alphabet.MIN_MATCH + 2;

  private final Tokens tokens = new Tokens();
  private final BlockWriter blocks = new BlockWriter();
  private final Histogram block = new Histogram();
  private final Histogram step = new Histogram();
  private final Histogram merged = new Histogram();
  private final Parser parser;

  /**
   * @param level 1 to 9: from the quickest to the smallest
   */
  public DeflateEncoder(int level) {
    this.parser = new Parser(Effort.ofLevel(level), tokens);
  }

  @Override
  public int encode(byte[] in, int from, int to, byte[] out) {
    BitSink sink = new BitSink(out);
    if (from < to) {
      compress(in, from, to, sink);
      if (!sink.isAligned()) {
        BlockWriter.store(in, to, to, sink);
      }
    }
    return sink.size();
  }

  private void compress(byte[] in, int from, int to, BitSink sink) {
    parser.start(in, 0, from);
    tokens.clear();
    int begin = from;
    int at = from;
    while (at < to) {
      int known = tokens.size();
      step.clear();
      int next = parser.parse(in, at, Math.min(to, at + STEP), to, step);
      if (known > 0 && !extendBlock()) {
        blocks.write(in, begin, at, tokens, known, block, sink);
        tokens.removeFirst(known);
        begin = at;
        known = 0;
      }
      if (known == 0) {
        block.set(step);
      }
      at = next;
      if (tokens.room() < MOST_TOKENS || at == to) {
        blocks.write(in, begin, at, tokens, tokens.size(), block, sink);
        tokens.clear();
        begin = at;
      }
    }
  }

  /** Adds the last step to the block, unless a block of its own is shorter. */
  private boolean extendBlock() {
    merged.set(block);
    merged.add(step);
    if (block.bits() + step.bits() < merged.bits()) {
      return false;
    }
    block.set(merged);
    return true;
  }

  @Override
  public void close() {
    // All of it is the collector's.
  }
}
