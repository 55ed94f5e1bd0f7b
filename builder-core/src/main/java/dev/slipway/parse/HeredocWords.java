package dev.slipway.parse;

import dev.slipway.dockerfile.shell.Expansion;
import dev.slipway.dockerfile.shell.ExpansionException;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.dockerfile.shell.Variables;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the words that open a here-document, as {@code <<EOF}, {@code <<-"EOF"} or {@code 3<<E}.
 */
final class HeredocWords {
  private static final ShellLex UNQUOTING = new ShellLex('\\').keepingUnset();
  private static final ShellLex QUOTING = UNQUOTING.keepingQuotes();
  private static final ShellLex VERBATIM = QUOTING.keepingEscapes();

  private HeredocWords() {}

  /**
   * @param name the terminator
   * @param expand the terminator was not quoted
   * @param stripTabs written with a dash
   */
  record Opening(String name, boolean expand, boolean stripTabs) {}

  /**
   * Those of {@code line}, in their order. A line whose quotes do not match has none: it is the
   * shell's business.
   *
   * @throws ExpansionException if the terminator of one is malformed
   */
  static List<Opening> inLine(String line) {
    if (!line.contains("<<")) {
      return List.of();
    }
    List<String> words;
    try {
      words = VERBATIM.expand(line, Variables.NONE).words();
    } catch (ExpansionException e) {
      return List.of();
    }
    List<Opening> found = new ArrayList<>();
    for (String word : words) {
      Opening opening = read(word);
      if (opening != null) {
        found.add(opening);
      }
    }
    return found;
  }

  /** What {@code word} opens, or null where it opens nothing. */
  static @Nullable Opening ofWord(String word) {
    try {
      return read(word);
    } catch (ExpansionException e) {
      return null;
    }
  }

  private static @Nullable Opening read(String word) {
    int position = 0;
    while (position < word.length()
        && word.charAt(position) >= '0'
        && word.charAt(position) <= '9') {
      position++;
    }
    if (!word.startsWith("<<", position)) {
      return null;
    }
    position += 2;
    boolean stripTabs = word.startsWith("-", position);
    if (stripTabs) {
      position++;
    }
    while (position < word.length() && " \t\r\n\f".indexOf(word.charAt(position)) >= 0) {
      position++;
    }
    if (position == word.length() || word.indexOf('<', position) >= 0) {
      return null;
    }
    String terminator = word.substring(position);
    Expansion plain = UNQUOTING.expand(terminator, Variables.NONE);
    Expansion quoted = QUOTING.expand(terminator, Variables.NONE);
    if (plain.words().size() != 1 || quoted.words().size() != 1) {
      return null;
    }
    String name = plain.words().get(0);
    return new Opening(name, quotes(name) == quotes(quoted.words().get(0)), stripTabs);
  }

  private static int quotes(String text) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\'' || text.charAt(i) == '"') {
        count++;
      }
    }
    return count;
  }
}
