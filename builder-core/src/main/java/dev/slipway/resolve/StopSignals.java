package dev.slipway.resolve;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The signals that STOPSIGNAL takes: the names of signal(7) with or without SIG, and numbers. Any
 * number but 0 is one, as it is to BuildKit: whether there is such a signal, the machine knows that
 * stops the container.
 */
final class StopSignals {
  private static final Pattern NUMBER = Pattern.compile("[+-]?0*([1-9][0-9]{0,17})");
  private static final Pattern REALTIME =
      Pattern.compile("RTMIN\\+([1-9]|1[0-5])|RTMAX-([1-9]|1[0-4])");

  private static final Set<String> NAMES =
      Set.of(
          "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT",
          "KILL", "PIPE", "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM",
          "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ",
          "RTMIN", "RTMAX");

  private StopSignals() {}

  static boolean isKnown(String signal) {
    if (NUMBER.matcher(signal).matches()) {
      return true;
    }
    String name = signal.toUpperCase(Locale.ROOT);
    if (name.startsWith("SIG")) {
      name = name.substring(3);
    }
    return NAMES.contains(name) || REALTIME.matcher(name).matches();
  }
}
