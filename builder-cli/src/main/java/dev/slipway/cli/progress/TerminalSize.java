package dev.slipway.cli.progress;

/** How many characters fit on a terminal. */
public record TerminalSize(int columns, int rows) {
  /** What is taken where a terminal does not tell. */
  public static final TerminalSize USUAL = new TerminalSize(80, 24);

  public TerminalSize {
    columns = Math.max(columns, 10);
    rows = Math.max(rows, 3);
  }
}
