package dev.slipway.deflate;

/** Remembers where bytes occurred, and finds the longest match for others. Not thread-safe. */
interface MatchFinder {
  /** What a search looks at: so many bytes must follow a place. */
  int MIN_INPUT = 8;

  /** Forgets all. */
  void clear();

  /** Makes places known that are not searched for; {@link #MIN_INPUT} bytes must follow each. */
  void insert(byte[] in, int from, int to);

  /**
   * Makes a place known and returns the longest match for it, see {@link Tokens}, the nearest of
   * those; 0 if none is longer than asked for.
   *
   * @param at where in the input, not 0; {@link #MIN_INPUT} bytes follow
   * @param longer the length that the match must exceed, at least 2
   * @param max the most bytes to compare
   * @param ahead for how many bytes there is a match already that this one would have to beat
   * @param near3 how far a match of three bytes may be away
   */
  int find(byte[] in, int at, int longer, int max, int ahead, int near3);
}
