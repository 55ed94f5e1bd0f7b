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
   * @return where the next begin: before {@code to} only if there is no more room for tokens
   */
  int parse(byte[] in, int from, int to, int end, Histogram counts) {
    int last = Math.min(to, end - MatchFinder.MIN_INPUT + 1);
    int unwritten = from;
    int at = Math.max(from, 1);
    // One token for a match, one for literals at the end.
    while (at < last && tokens.room() > 1) {
      int max = Math.min(Alphabet.MAX_MATCH, end - at);
      int found = finder.find(in, at, Alphabet.MIN_MATCH - 1, max, 0, pace.near3());
      if (found == 0) {
        at = skip(in, at + 1, last);
        continue;
      }
      match = found;
      matchAt = at;
      known = at + 1;
      if (pace.stride() > 1) {
        lookBack(in, unwritten);
      } else {
        lookAhead(in, end);
      }
      take(in, unwritten, matchAt, match, counts);
      at = matchAt + Tokens.length(match);
      finder.insert(in, known, at);
      unwritten = at;
    }
    if (at >= last && to == end) {
      at = end;
    }
    if (at > unwritten) {
      take(in, unwritten, at, 0, counts);
    }
    pace.adapt(counts, at - from);
    return at;
  }

  /** Goes past places where a match is not likely to be found. */
  private int skip(byte[] in, int at, int last) {
    int next = Math.min(last, at + pace.stride() - 1);
    finder.insert(in, at, next);
    return next;
  }

  /** Makes the match longer to the front: it began where nothing was looked for. */
  private void lookBack(byte[] in, int least) {
    int distance = Tokens.distance(match);
    int room = Alphabet.MAX_MATCH - Tokens.length(match);
    int first = Math.max(Math.max(least, distance), matchAt - room);
    int begin = matchAt;
    while (begin > first && in[begin - 1] == in[begin - 1 - distance]) {
      begin--;
    }
    match = Tokens.match(Tokens.length(match) + matchAt - begin, distance);
    matchAt = begin;
  }

  /** Replaces the match as long as there is a better one a little further. */
  private void lookAhead(byte[] in, int end) {
    int ahead = 1;
    while (ahead <= effort.lookAhead() && Tokens.length(match) < effort.enough()) {
      int at = matchAt + ahead;
      int max = Math.min(Alphabet.MAX_MATCH, end - at);
      if (max < MatchFinder.MIN_INPUT) {
        return;
      }
      int next = finder.find(in, at, Tokens.length(match) - 1, max, ahead, pace.near3());
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

  private void take(byte[] in, int from, int to, int match, Histogram counts) {
    int[] literals = counts.literals;
    for (int i = from; i < to; i++) {
      literals[in[i] & 0xff]++;
    }
    if (match != 0) {
      literals[Alphabet.lengthSymbol(Tokens.length(match))]++;
      counts.distances[Alphabet.distanceSymbol(Tokens.distance(match))]++;
    }
    tokens.add(to - from, match);
  }
}
