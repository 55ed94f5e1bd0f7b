package dev.slipway.parse;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads durations as Go writes them: {@code 1h30m}, {@code 1.5s}, {@code 300ms}. */
final class GoDuration {
  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);
  // Longer numbers mean nothing, and exact arithmetic on them is slow.
  private static final int MAX_LENGTH = 100;

  private GoDuration() {}

  /** The duration, or null where {@code text} is none. */
  static @Nullable Duration parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    boolean negative = text.startsWith("-");
    int position = negative || text.startsWith("+") ? 1 : 0;
    if (text.substring(position).equals("0")) {
      return Duration.ZERO;
    }
    if (position == text.length()) {
      return null;
    }
    BigDecimal nanos = BigDecimal.ZERO;
    while (position < text.length()) {
      int numberEnd = position;
      while (numberEnd < text.length() && isNumeric(text.charAt(numberEnd))) {
        numberEnd++;
      }
      int unitEnd = numberEnd;
      while (unitEnd < text.length() && !isNumeric(text.charAt(unitEnd))) {
        unitEnd++;
      }
      long unit = nanosOf(text.substring(numberEnd, unitEnd));
      if (unit == 0) {
        return null;
      }
      try {
        BigDecimal number = new BigDecimal(text.substring(position, numberEnd));
        nanos = nanos.add(number.multiply(BigDecimal.valueOf(unit)));
      } catch (NumberFormatException e) {
        return null;
      }
      position = unitEnd;
    }
    if (nanos.compareTo(MAX) > 0) {
      return null;
    }
    Duration duration = Duration.ofNanos(nanos.longValue());
    return negative ? duration.negated() : duration;
  }

  private static boolean isNumeric(char c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  private static long nanosOf(String unit) {
    return switch (unit) {
      case "ns" -> 1L;
      case "us", "\u00b5s", "\u03bcs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> 0L;
    };
  }
}
