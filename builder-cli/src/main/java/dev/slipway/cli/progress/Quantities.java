package dev.slipway.cli.progress;

/** Sizes and times as people read them. */
public final class Quantities {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Quantities() {}

  /** A size in decimal units with three significant digits, as {@code 12.3 MB}. */
  public static String bytes(long count) {
    if (count < 1000) {
      return count + " B";
    }
    double value = count;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return fixed(value, decimals) + " " + UNITS[unit];
  }

  /** A time as {@code 0.4s}, {@code 12.3s}, {@code 2m03s} or {@code 1h02m}. */
  public static String duration(long nanos) {
    long tenths = (nanos + 50_000_000) / 100_000_000;
    if (tenths < 600) {
      return tenths / 10 + "." + tenths % 10 + "s";
    }
    long seconds = tenths / 10;
    if (seconds < 3600) {
      return seconds / 60 + "m" + twoDigits(seconds % 60) + "s";
    }
    return seconds / 3600 + "h" + twoDigits(seconds / 60 % 60) + "m";
  }

  /** Seconds with three decimals, as {@code 0.123}. */
  static String seconds(long nanos) {
    return fixed(nanos / 1e9, 3);
  }

  private static String twoDigits(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }

  // String.format would load a locale and a regular expression into every build.
  private static String fixed(double value, int decimals) {
    long scale = 1;
    for (int i = 0; i < decimals; i++) {
      scale *= 10;
    }
    long scaled = Math.round(value * scale);
    if (decimals == 0) {
      return Long.toString(scaled);
    }
    String fraction = Long.toString(scaled % scale);
    return scaled / scale + "." + "0".repeat(decimals - fraction.length()) + fraction;
  }
}
