package dev.slipway.deflate;

/**
 * How hard matches are looked for.
 *
 * @param depth how many earlier places are compared; 0 is for {@link Buckets}
 * @param enough the length of a match with which the search ends
 * @param lookAhead how many bytes further a better match is looked for before one is taken
 */
record Effort(int depth, int enough, int lookAhead) {
  private static final Effort[] LEVELS = {
    new Effort(0, 0, 0),
    new Effort(0, 6, 1),
    new Effort(0, 8, 1),
    new Effort(0, 16, 1),
    new Effort(12, 32, 1),
    new Effort(20, 48, 1),
    new Effort(64, 128, 1),
    new Effort(200, 258, 2),
    new Effort(600, 258, 2),
  };

  /**
   * @param level 1 to 9
   */
  static Effort ofLevel(int level) {
    return LEVELS[level - 1];
  }

  MatchFinder finder() {
    return depth == 0 ? new Buckets() : new HashChains(depth, enough);
  }
}
