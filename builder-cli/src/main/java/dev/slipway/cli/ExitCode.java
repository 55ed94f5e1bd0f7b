package dev.slipway.cli;

/** What the program tells its caller. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** A mistake of this program ({@code EX_SOFTWARE} of sysexits.h). */
  static final int BUG = 70;

  /** Ended by Ctrl-C: 128 + SIGINT, as shells have it. */
  static final int CANCELLED = 130;

  private ExitCode() {}
}
