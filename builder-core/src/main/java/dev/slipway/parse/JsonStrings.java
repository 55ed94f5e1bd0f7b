package dev.slipway.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON array of strings that many instructions take. A text that is no JSON, or more than
 * an array, is the shell form.
 */
final class JsonStrings {
  // A deeper value is taken for text that is no JSON.
  private static final int MAX_DEPTH = 10_000;

  /** What a text turned out to be. */
  enum Kind {
    STRINGS,
    OTHER_ARRAY,
    NOT_JSON
  }

  private final String text;
  private final int end;
  private int position;
  private final List<String> strings = new ArrayList<>();
  private boolean onlyStrings = true;

  private JsonStrings(String text, int from, int end) {
    this.text = text;
    this.position = from;
    this.end = end;
  }

  /**
   * @param kind whether it is an array of strings
   * @param strings the elements; empty where it is not
   */
  record Result(Kind kind, List<String> strings) {}

  static Result read(String text, int from, int end) {
    if (from >= end || text.charAt(from) != '[') {
      return new Result(Kind.NOT_JSON, List.of());
    }
    JsonStrings reader = new JsonStrings(text, from, end);
    if (!reader.array() || !reader.isAtEnd()) {
      return new Result(Kind.NOT_JSON, List.of());
    }
    return reader.onlyStrings
        ? new Result(Kind.STRINGS, reader.strings)
        : new Result(Kind.OTHER_ARRAY, List.of());
  }

  private boolean isAtEnd() {
    skipBlanks();
    return position >= end;
  }

  private char peek() {
    return position < end ? text.charAt(position) : 0;
  }

  private void skipBlanks() {
    while (position < end && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private boolean array() {
    position++;
    skipBlanks();
    if (peek() == ']') {
      position++;
      return true;
    }
    while (true) {
      skipBlanks();
      if (peek() == '"') {
        String value = string();
        if (value == null) {
          return false;
        }
        strings.add(value);
      } else {
        onlyStrings = false;
        if (!value()) {
          return false;
        }
      }
      skipBlanks();
      char c = peek();
      position++;
      if (c == ']') {
        return true;
      }
      if (c != ',') {
        return false;
      }
    }
  }

  /** Passes over one value of any kind; without recursion, as it may nest deeply. */
  private boolean value() {
    StringBuilder open = new StringBuilder();
    boolean valueExpected = true;
    while (true) {
      skipBlanks();
      char c = peek();
      if (valueExpected) {
        if (c == '[' || c == '{') {
          position++;
          if (open.length() >= MAX_DEPTH) {
            return false;
          }
          skipBlanks();
          char close = c == '[' ? ']' : '}';
          if (peek() == close) {
            position++;
            valueExpected = false;
          } else {
            open.append(close);
            if (c == '{' && !key()) {
              return false;
            }
          }
        } else if (scalar()) {
          valueExpected = false;
        } else {
          return false;
        }
      } else if (open.length() == 0) {
        return true;
      } else if (c == ',') {
        position++;
        skipBlanks();
        valueExpected = true;
        if (open.charAt(open.length() - 1) == '}' && !key()) {
          return false;
        }
      } else if (c == open.charAt(open.length() - 1)) {
        position++;
        open.setLength(open.length() - 1);
      } else {
        return false;
      }
    }
  }

  private boolean key() {
    if (peek() != '"' || string() == null) {
      return false;
    }
    skipBlanks();
    return peek() == ':' && ++position <= end;
  }

  private boolean scalar() {
    char c = peek();
    if (c == '"') {
      return string() != null;
    }
    for (String literal : List.of("true", "false", "null")) {
      if (text.startsWith(literal, position) && position + literal.length() <= end) {
        position += literal.length();
        return true;
      }
    }
    return number();
  }

  private boolean number() {
    if (peek() == '-') {
      position++;
    }
    if (peek() == '0') {
      position++;
    } else if (!digits()) {
      return false;
    }
    if (peek() == '.') {
      position++;
      if (!digits()) {
        return false;
      }
    }
    if (peek() == 'e' || peek() == 'E') {
      position++;
      if (peek() == '+' || peek() == '-') {
        position++;
      }
      return digits();
    }
    return true;
  }

  private boolean digits() {
    int start = position;
    while (peek() >= '0' && peek() <= '9') {
      position++;
    }
    return position > start;
  }

  private @Nullable String string() {
    position++;
    StringBuilder out = new StringBuilder();
    while (position < end) {
      char c = text.charAt(position++);
      if (c == '"') {
        return paired(out);
      }
      if (c < ' ') {
        return null;
      }
      if (c != '\\') {
        out.append(c);
      } else if (!escaped(out)) {
        return null;
      }
    }
    return null;
  }

  /**
   * Half of a surrogate pair, which only an escape can write, becomes the replacement character.
   */
  private static String paired(StringBuilder out) {
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < out.length()
            && Character.isLowSurrogate(out.charAt(i + 1))) {
          i++;
        } else {
          out.setCharAt(i, '\ufffd');
        }
      }
    }
    return out.toString();
  }

  private boolean escaped(StringBuilder out) {
    char c = peek();
    position++;
    switch (c) {
      case '"', '\\', '/' -> out.append(c);
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
          if (digit < 0) {
            return false;
          }
          code = code * 16 + digit;
          position++;
        }
        out.append((char) code);
      }
      default -> {
        return false;
      }
    }
    return true;
  }
}
