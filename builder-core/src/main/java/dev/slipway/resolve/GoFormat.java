package dev.slipway.resolve;

import dev.slipway.oci.Healthcheck;
import java.time.Duration;
import java.util.List;

/**
 * Values as Go prints them: the history of an image tells its instructions in that form, and tools
 * compare it.
 */
final class GoFormat {
  private GoFormat() {}

  /** {@code %q} of a list: {@code ["a" "b"]}. */
  static String quotedList(List<String> values) {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(' ');
      }
      quote(values.get(i), out);
    }
    return out.append(']').toString();
  }

  /** {@code %v} of a list: {@code [a b]}. */
  static String list(List<String> values) {
    return "[" + String.join(" ", values) + "]";
  }

  /**
   * {@code %q} of a pointer to a health check: {@code &{["CMD" "x"] "5s" "0s" "0s" "0s" '\\x03'}}.
   */
  static String healthcheck(Healthcheck check) {
    StringBuilder out = new StringBuilder("&{").append(quotedList(check.test()));
    out.append(" \"").append(duration(check.interval()));
    out.append("\" \"").append(duration(check.timeout()));
    out.append("\" \"").append(duration(check.startPeriod()));
    out.append("\" \"").append(duration(check.startInterval())).append("\" '");
    quoteCharacter(check.retries(), out);
    return out.append("'}").toString();
  }

  /** {@code %q} of a number is the character of that code. */
  private static void quoteCharacter(int code, StringBuilder out) {
    if (code == '\'') {
      out.append("\\'");
    } else if (code == '"') {
      out.append('"');
    } else {
      StringBuilder text = new StringBuilder();
      quote(Character.toString(Character.isValidCodePoint(code) ? code : 0xfffd), text);
      out.append(text, 1, text.length() - 1);
    }
  }

  /** {@code 1h2m3.5s}, {@code 1.5ms}, {@code 0s}. */
  static String duration(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1_000_000_000L) {
      return nanos < 1_000
          ? nanos + "ns"
          : nanos < 1_000_000 ? decimal(nanos, 1_000) + "µs" : decimal(nanos, 1_000_000) + "ms";
    }
    long seconds = nanos / 1_000_000_000L;
    StringBuilder out = new StringBuilder();
    if (seconds >= 3600) {
      out.append(seconds / 3600).append('h');
    }
    if (seconds >= 60) {
      out.append(seconds / 60 % 60).append('m');
    }
    return out.append(decimal(nanos - seconds / 60 * 60_000_000_000L, 1_000_000_000))
        .append('s')
        .toString();
  }

  private static String decimal(long value, long unit) {
    String whole = Long.toString(value / unit);
    long rest = value % unit;
    if (rest == 0) {
      return whole;
    }
    StringBuilder digits = new StringBuilder(Long.toString(unit + rest).substring(1));
    while (digits.charAt(digits.length() - 1) == '0') {
      digits.setLength(digits.length() - 1);
    }
    return whole + "." + digits;
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case 0x07 -> out.append("\\a");
        case 0x0b -> out.append("\\v");
        default -> {
          if (c < 0x20 || c == 0x7f) {
            out.append("\\x")
                .append(Character.forDigit(c >> 4, 16))
                .append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
