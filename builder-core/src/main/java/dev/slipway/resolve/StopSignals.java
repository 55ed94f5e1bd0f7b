package dev.slipway.resolve;

import java.util.Locale;
import java.util.Set;

/** The signals that STOPSIGNAL takes: the names of signal(7) with or without SIG, and numbers. */
final class StopSignals {
  private static final int MAX_NUMBER = 64;
  private static final int REALTIME_SPAN = 15;

  private static final Set<String> NAMES =
      Set.of(
          "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT",
          "KILL", "PIPE", "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM",
          "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ",
          "RTMIN", "RTMAX");

  private StopSignals() {}

  static boolean isKnown(String signal) {
    if (!signal.isEmpty() && signal.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return signal.length() <= 3
          && Integer.parseInt(signal) >= 1
          && Integer.parseInt(signal) <= MAX_NUMBER;
    }
    String name = signal.toUpperCase(Locale.ROOT);
    if (name.startsWith("SIG")) {
      name = name.substring(3);
    }
    return NAMES.contains(name) || isRealtime(name, "RTMIN+") || isRealtime(name, "RTMAX-");
  }

  private static boolean isRealtime(String name, String prefix) {
    if (!name.startsWith(prefix) || name.length() > prefix.length() + 2) {
      return false;
    }
    String offset = name.substring(prefix.length());
    return !offset.isEmpty()
        && offset.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(offset) >= 1
        && Integer.parseInt(offset) <= REALTIME_SPAN;
  }
}
