package dev.slipway.cli.build;

import dev.slipway.cli.options.UsageException;
import java.util.Locale;

/**
 * Sizes as docker writes them: a number and {@code b}, {@code k}, {@code m}, {@code g}, {@code t},
 * {@code p}.
 */
public final class ByteSize {
  private static final String UNITS = "bkmgtp";

  private ByteSize() {}

  /**
   * The bytes of {@code text}, in steps of 1024; {@code 64m}, {@code 64MB} and {@code 64MiB} are
   * one.
   */
  public static long parse(String option, String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < lower.length()
        && (Character.isDigit(lower.charAt(end)) || lower.charAt(end) == '.')) {
      end++;
    }
    String unit = lower.substring(end).strip();
    int power = unit.isEmpty() ? 0 : UNITS.indexOf(unit.charAt(0));
    String rest = unit.isEmpty() ? "" : unit.substring(1);
    boolean known =
        power >= 0 && (rest.isEmpty() || power > 0 && (rest.equals("b") || rest.equals("ib")));
    try {
      double bytes =
          Double.parseDouble(lower.substring(0, end)) * Math.pow(1024, Math.max(power, 0));
      if (known && bytes < Long.MAX_VALUE) {
        return (long) bytes;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new UsageException("--" + option + " wants a size as \"64m\", not \"" + text + "\"");
  }
}
