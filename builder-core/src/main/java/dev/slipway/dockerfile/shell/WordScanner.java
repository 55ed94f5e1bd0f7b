package dev.slipway.dockerfile.shell;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One expansion under way. */
final class WordScanner {
  // What a look past the end sees; the end itself is always told by the position.
  private static final char END = '\uffff';
  private static final int NOTHING = -1;
  // Each level takes a few frames of the stack; nobody writes more than two or three.
  private static final int MAX_NESTING = 250;

  private final ShellLex lex;
  private final String text;
  private final Variables variables;
  private final Set<String> used = new LinkedHashSet<>();
  private final Set<String> unmatched = new LinkedHashSet<>();
  private int position;
  private int nesting;
  private boolean keepEscapes;

  WordScanner(ShellLex lex, String text, Variables variables) {
    this.lex = lex;
    this.text = text;
    this.variables = variables;
    this.keepEscapes = lex.keepEscapes;
  }

  Expansion expand() {
    try {
      WordSplitter words = new WordSplitter();
      String value = scan(NOTHING, words);
      return new Expansion(value, List.copyOf(words.finish()), used, unmatched);
    } catch (ExpansionException e) {
      throw new ExpansionException("failed to process " + quoted(text) + ": " + e.getMessage());
    }
  }

  private static String quoted(String text) {
    String shown = text.length() > 200 ? text.substring(0, 200) + "..." : text;
    return '"' + shown.replace("\n", "\\n").replace("\"", "\\\"") + '"';
  }

  private char peek() {
    return position < text.length() ? text.charAt(position) : END;
  }

  private boolean atEnd() {
    return position >= text.length();
  }

  /** Scans up to {@code stop}, which is consumed, or to the end of the text. */
  private String scan(int stop, WordSplitter words) {
    StringBuilder out = new StringBuilder();
    while (!atEnd()) {
      char c = text.charAt(position);
      if (c == stop) {
        position++;
        return out.toString();
      }
      if (c == '$') {
        String value = dollar();
        out.append(value);
        words.addAll(value);
      } else if (c == '<') {
        String value = heredocStart();
        out.append(value);
        words.addQuoted(value);
      } else if ((c == '\'' || c == '"') && !lex.ignoreQuotes) {
        String value = c == '"' ? doubleQuoted() : singleQuoted();
        out.append(value);
        words.addQuoted(value);
      } else {
        position++;
        plainOrEscaped(c, out, words);
      }
    }
    if (stop != NOTHING) {
      throw new ExpansionException(
          "unexpected end of statement while looking for matching " + (char) stop);
    }
    return out.toString();
  }

  private void plainOrEscaped(char c, StringBuilder out, WordSplitter words) {
    if (c != lex.escape) {
      words.add(c);
      out.append(c);
      return;
    }
    if (keepEscapes) {
      words.addQuoted(c);
      out.append(c);
    }
    if (!atEnd()) {
      char escaped = text.charAt(position++);
      words.addQuoted(escaped);
      out.append(escaped);
    }
  }

  /** {@code <<} and the blanks after it belong to one word, so that {@code << EOF} is one. */
  private String heredocStart() {
    int start = position++;
    if (peek() != '<') {
      return "<";
    }
    position++;
    while (peek() == ' ' || peek() == '\t' || peek() == '\r') {
      position++;
    }
    return text.substring(start, position);
  }

  private String singleQuoted() {
    int end = text.indexOf('\'', position + 1);
    if (end < 0) {
      position = text.length();
      throw new ExpansionException(
          "unexpected end of statement while looking for matching single-quote");
    }
    String value =
        lex.keepQuotes ? text.substring(position, end + 1) : text.substring(position + 1, end);
    position = end + 1;
    return value;
  }

  private String doubleQuoted() {
    StringBuilder out = new StringBuilder();
    position++;
    if (lex.keepQuotes) {
      out.append('"');
    }
    while (!atEnd()) {
      char c = text.charAt(position);
      if (c == '"') {
        position++;
        return lex.keepQuotes ? out.append('"').toString() : out.toString();
      }
      if (c == '$') {
        out.append(dollar());
        continue;
      }
      position++;
      if (c == lex.escape) {
        if (keepEscapes) {
          out.append(c);
        }
        if (atEnd()) {
          break;
        }
        char next = text.charAt(position);
        if (next == '"' || next == '$' || next == lex.escape) {
          c = next;
          position++;
        }
      }
      out.append(c);
    }
    throw new ExpansionException(
        "unexpected end of statement while looking for matching double-quote");
  }

  private String dollar() {
    position++;
    if (peek() != '{') {
      String name = name();
      if (name.isEmpty()) {
        return "$";
      }
      String value = value(name);
      return value != null ? value : lex.keepUnset ? "$" + name : "";
    }
    position++;
    if (atEnd()) {
      throw missingBrace();
    }
    char first = peek();
    if (first == '{' || first == '}' || first == ':') {
      throw new ExpansionException("syntax error: bad substitution");
    }
    String name = name();
    if (atEnd()) {
      throw missingBrace();
    }
    if (++nesting > MAX_NESTING) {
      throw new ExpansionException("${...} nested deeper than " + MAX_NESTING + " levels");
    }
    String value = braced(name);
    nesting--;
    return value;
  }

  private static ExpansionException missingBrace() {
    return new ExpansionException("syntax error: missing '}'");
  }

  private String braced(String name) {
    char modifier = text.charAt(position++);
    switch (modifier) {
      case '}':
        String value = value(name);
        return value != null ? value : lex.keepUnset ? "${" + name + "}" : "";
      case '/':
        return replaced(name);
      case ':':
        char second = peek();
        position = Math.min(text.length(), position + 1);
        if (second == '-' || second == '+' || second == '?') {
          return alternative(name, second, true);
        }
        throw unsupported(second == END ? ":" : ":" + second);
      case '-', '+', '?':
        return alternative(name, modifier, false);
      case '#', '%':
        return trimmed(name, modifier);
      default:
        throw unsupported(String.valueOf(modifier));
    }
  }

  private static ExpansionException unsupported(String modifier) {
    return new ExpansionException("unsupported modifier (" + modifier + ") in substitution");
  }

  private String alternative(String name, char modifier, boolean emptyIsUnset) {
    String word = operand('}', false, "syntax error: missing '}'");
    String value = value(name);
    return value == null && lex.keepUnset
        ? "${" + name + (emptyIsUnset ? ":" : "") + modifier + word + "}"
        : Substitution.alternative(name, value, modifier, emptyIsUnset, word);
  }

  private String trimmed(String name, char modifier) {
    String word = operand('}', true, "syntax error: missing '}'");
    String value = value(name);
    return value == null && lex.keepUnset
        ? "${" + name + modifier + word + "}"
        : Substitution.trimmed(value == null ? "" : value, modifier, word);
  }

  private String replaced(String name) {
    boolean all = peek() == '/';
    if (all) {
      position++;
    }
    String pattern = operand('/', true, "syntax error: missing '/' in ${}");
    String replacement = operand('}', true, "syntax error: missing '}'");
    String value = value(name);
    return value == null && lex.keepUnset
        ? "${" + name + "/" + pattern + "/" + replacement + "}"
        : Substitution.replaced(value == null ? "" : value, all, pattern, replacement);
  }

  private String operand(char stop, boolean escapesKept, String whenMissing) {
    boolean before = keepEscapes;
    keepEscapes = escapesKept;
    try {
      return scan(stop, new WordSplitter());
    } catch (ExpansionException e) {
      if (atEnd()) {
        throw new ExpansionException(whenMissing);
      }
      throw e;
    } finally {
      keepEscapes = before;
    }
  }

  private @Nullable String value(String name) {
    String value = variables.get(name);
    (value != null ? used : unmatched).add(name);
    return value;
  }

  /** A name, a positional parameter, or one of the shell's special ones. */
  private String name() {
    int start = position;
    if (Character.isDigit(peek())) {
      while (!atEnd() && Character.isDigit(peek())) {
        position++;
      }
      return text.substring(start, position);
    }
    if (!atEnd() && "@*#?-$!".indexOf(peek()) >= 0) {
      position++;
      return text.substring(start, position);
    }
    while (!atEnd()) {
      int c = text.codePointAt(position);
      if (c != '_' && !Character.isLetter(c) && !Character.isDigit(c)) {
        break;
      }
      position += Character.charCount(c);
    }
    return text.substring(start, position);
  }
}
