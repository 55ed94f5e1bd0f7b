package dev.slipway.deflate;

/** Makes tokens of input, and counts their symbols. */
final class Parser {
  private final MatchFinder finder;
  private final Effort effort;
  private final Tokens tokens;
  private final Pace pace = new Pace();

  // What looking ahead found: a match, where it is, and up to where places are in the finder.
  private int match;
  private int matchAt;
  private int known;

  // Up to where there are tokens.
  private int unwritten;

  Parser(Effort effort, Tokens tokens) {
    this.effort = effort;
    this.finder = effort.finder();
    this.tokens = tokens;
  }

  /** Begins with other input, of which the bytes between two places are known already. */
  void start(byte[] in, int from, int to) {
    finder.clear();
    pace.reset();
    finder.insert(in, from, to);
  }

  /**
   * Makes tokens of what is between two places, and of a little more if a match reaches over.
   *
   * @param end where the input ends
   * @param counts gets the tokens' symbols; empty before
   * @return where the next begin
   */
  int parse(byte[] in, int from, int to, int end, Histogram counts) {
    int last = Math.min(to, end - MatchFinder.MIN_INPUT + 1);
    unwritten = from;
    int at = Math.max(from, 1);
    at =
        pace.stride() == 1
            ? searchAll(in, at, last, end, counts)
            : searchSome(in, at, last, end, counts);
    if (to == end) {
      at = end;
    }
    if (at > unwritten) {
      take(in, at, 0, counts);
    }
    pace.adapt(counts, at - from);
    return at;
  }

  // Both loops are methods of their own, without a branch that is hardly ever taken: the JVM leaves
  // such branches out of what it compiles, and begins again from slow code when one is taken.

  /** Looks for a match at each place. */
  private int searchAll(byte[] in, int from, int last, int end, Histogram counts) {
    int near3 = pace.near3();
    int at = from;
    while (at < last) {
      int max = Math.min(Alphabet.MAX_MATCH, end - at);
      int found = finder.find(in, at, Alphabet.MIN_MATCH - 1, max, 0, near3);
      if (found == 0) {
        at++;
      } else {
        begin(found, at);
        lookAhead(in, end, near3);
        at = takeMatch(in, counts);
      }
    }
    return at;
  }

  /** Looks at every so many places: at the others a match is not likely to be found. */
  private int searchSome(byte[] in, int from, int last, int end, Histogram counts) {
    int near3 = pace.near3();
    int stride = pace.stride();
    int at = from;
    while (at < last) {
      int max = Math.min(Alphabet.MAX_MATCH, end - at);
      int found = finder.find(in, at, Alphabet.MIN_MATCH - 1, max, 0, near3);
      if (found == 0) {
        int next = Math.min(last, at + stride);
        finder.insert(in, at + 1, next);
        at = next;
      } else {
        begin(found, at);
        lookBack(in);
        at = takeMatch(in, counts);
      }
    }
    return at;
  }

  private void begin(int found, int at) {
    match = found;
    matchAt = at;
    known = at + 1;
  }

  /** Returns where it ends. */
  private int takeMatch(byte[] in, Histogram counts) {
    take(in, matchAt, match, counts);
    unwritten = matchAt + Tokens.length(match);
    finder.insert(in, known, unwritten);
    return unwritten;
  }

  /** Makes the match longer to the front: it began where nothing was looked for. */
  private void lookBack(byte[] in) {
    int distance = Tokens.distance(match);
    int room = Alphabet.MAX_MATCH - Tokens.length(match);
    int first = Math.max(Math.max(unwritten, distance), matchAt - room);
    int begin = matchAt;
    while (begin > first && in[begin - 1] == in[begin - 1 - distance]) {
      begin--;
    }
    match = Tokens.match(Tokens.length(match) + matchAt - begin, distance);
    matchAt = begin;
  }

  /** Replaces the match as long as there is a better one a little further. */
  private void lookAhead(byte[] in, int end, int near3) {
    int last = end - MatchFinder.MIN_INPUT;
    int ahead = 1;
    while (ahead <= Math.min(effort.lookAhead(), last - matchAt)
        && Tokens.length(match) < effort.enough()) {
      int at = matchAt + ahead;
      int max = Math.min(Alphabet.MAX_MATCH, end - at);
      int next = finder.find(in, at, Tokens.length(match) - 1, max, ahead, near3);
      known = at + 1;
      if (next != 0 && isBetter(next, match, ahead)) {
        match = next;
        matchAt = at;
        ahead = 1;
      } else {
        ahead++;
      }
    }
  }

  /** Whether a longer or a nearer match makes good for the literals that it costs. */
  private static boolean isBetter(int next, int match, int ahead) {
    int nearer =
        Integer.numberOfLeadingZeros(Tokens.distance(next))
            - Integer.numberOfLeadingZeros(Tokens.distance(match));
    return 4 * (Tokens.length(next) - Tokens.length(match)) + nearer > 4 * ahead - 2;
  }

  /** Makes tokens up to a place, and of the match there unless it is 0. */
  private void take(byte[] in, int to, int match, Histogram counts) {
    int[] literals = counts.literals;
    for (int i = unwritten; i < to; i++) {
      literals[in[i] & 0xff]++;
    }
    if (match != 0) {
      literals[Alphabet.lengthSymbol(Tokens.length(match))]++;
      counts.distances[Alphabet.distanceSymbol(Tokens.distance(match))]++;
    }
    tokens.add(to - unwritten, match);
  }
}
