package dev.slipway.inspect.account;

/** Instructions as histories have them. */
final class Instructions {
  private static final String CLASSIC = "/bin/sh -c ";
  private static final String NO_OPERATION = "#(nop) ";
  private static final String BUILDKIT = " # buildkit";

  private Instructions() {}

  /** The instruction without what the classic builder and BuildKit put around it. */
  static String readable(String createdBy) {
    String text = createdBy;
    if (text.endsWith(BUILDKIT)) {
      text = text.substring(0, text.length() - BUILDKIT.length());
    }
    if (text.startsWith(CLASSIC)) {
      text = text.substring(CLASSIC.length()).strip();
      text = text.startsWith(NO_OPERATION) ? text.substring(NO_OPERATION.length()) : "RUN " + text;
    } else if (text.startsWith("RUN " + CLASSIC)) {
      text = "RUN " + text.substring(4 + CLASSIC.length());
    }
    return text.strip();
  }
}
