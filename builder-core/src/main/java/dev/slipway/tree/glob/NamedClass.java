package dev.slipway.tree.glob;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code [:name:]} means inside the brackets of a regular expression of Go's, as which the
 * reference implementation reads a line of {@code .dockerignore}. All are of ASCII.
 */
enum NamedClass {
  ALNUM('0', '9', 'A', 'Z', 'a', 'z'),
  ALPHA('A', 'Z', 'a', 'z'),
  ASCII(0, 0x7f),
  BLANK('\t', '\t', ' ', ' '),
  CNTRL(0, 0x1f, 0x7f, 0x7f),
  DIGIT('0', '9'),
  GRAPH('!', '~'),
  LOWER('a', 'z'),
  PRINT(' ', '~'),
  PUNCT('!', '/', ':', '@', '[', '`', '{', '~'),
  SPACE('\t', '\r', ' ', ' '),
  UPPER('A', 'Z'),
  WORD('0', '9', 'A', 'Z', '_', '_', 'a', 'z'),
  XDIGIT('0', '9', 'A', 'F', 'a', 'f');

  private static final String START = "[:";
  private static final String END = ":]";

  /** First and last code point of each range in turn. */
  private final int[] bounds;

  NamedClass(int... bounds) {
    this.bounds = bounds;
  }

  /**
   * A name that was found in a pattern.
   *
   * @param bounds first and last code point of each range in turn
   * @param end where the pattern goes on
   */
  record Found(List<Integer> bounds, int end) {}

  /**
   * The name at a position inside brackets, or null where there is none.
   *
   * @throws IllegalArgumentException for one that is not known
   */
  static @Nullable Found at(String pattern, int position) {
    int end = pattern.indexOf(END, position + START.length());
    if (!pattern.startsWith(START, position) || end < 0) {
      return null;
    }
    String name = pattern.substring(position + START.length(), end);
    boolean negated = name.startsWith("^");
    String positive = negated ? name.substring(1) : name;
    for (NamedClass each : values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(positive)) {
        return new Found(negated ? each.others() : each.members(), end + END.length());
      }
    }
    throw new IllegalArgumentException("no characters are called [:" + name + ":]");
  }

  private List<Integer> members() {
    List<Integer> members = new ArrayList<>();
    for (int bound : bounds) {
      members.add(bound);
    }
    return members;
  }

  private List<Integer> others() {
    List<Integer> others = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      if (first < bounds[i]) {
        others.add(first);
        others.add(bounds[i] - 1);
      }
      first = bounds[i + 1] + 1;
    }
    others.add(first);
    others.add(Character.MAX_CODE_POINT);
    return others;
  }
}
