package dev.slipway.inspect.start;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code env -S} makes of one text: quotes, escapes, comments and variables in braces. */
final class SplitString {
  private final String text;
  private final Function<String, @Nullable String> variables;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean any;
  private char quote;
  private int at;

  private SplitString(String text, Function<String, @Nullable String> variables) {
    this.text = text;
    this.variables = variables;
  }

  /**
   * The words; null where it is refused, or names a variable that is not known.
   *
   * @param variables the value of each; null for one that is not known
   */
  static @Nullable List<String> words(String text, Function<String, @Nullable String> variables) {
    return new SplitString(text, variables).split();
  }

  private @Nullable List<String> split() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '#' && quote == 0 && !any) {
        break;
      } else if (c == '\\' && !escape()
          || c == '$' && quote != '\'' && !variable()
          || c == '\\' && at > text.length()) {
        return null;
      } else if (c == '\\' || c == '$' && quote != '\'') {
        continue;
      } else if (quote == 0 && " \t\n\f\r\u000b".indexOf(c) >= 0) {
        end();
      } else if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
        any = true;
      } else {
        add(c);
      }
    }
    end();
    return quote == 0 ? words : null;
  }

  private void add(char c) {
    word.append(c);
    any = true;
  }

  private void end() {
    if (any) {
      words.add(word.toString());
    }
    word.setLength(0);
    any = false;
  }

  /** Of single quotes only a quote and a backslash can be escaped. */
  private boolean escape() {
    char c = at < text.length() ? text.charAt(at++) : 0;
    if (quote == '\'' && c != '\'' && c != '\\') {
      add('\\');
      at -= c == 0 ? 0 : 1;
      return c != 0;
    }
    if (c == '_') {
      if (quote == 0) {
        end();
      } else {
        add(' ');
      }
      return true;
    }
    if (c == 'c' && quote == 0) {
      at = text.length();
      return true;
    }
    int control = "fnrtv".indexOf(c);
    if (control < 0 && "\"#$'\\".indexOf(c) < 0) {
      return false;
    }
    add(control < 0 ? c : "\f\n\r\t\u000b".charAt(control));
    return true;
  }

  private boolean variable() {
    int end = text.indexOf('}', at);
    if (end < 0 || !text.startsWith("{", at)) {
      return false;
    }
    String value = variables.apply(text.substring(at + 1, end));
    at = end + 1;
    if (value == null) {
      return false;
    }
    word.append(value);
    any = true;
    return true;
  }
}
