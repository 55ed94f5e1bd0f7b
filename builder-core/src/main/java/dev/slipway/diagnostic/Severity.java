package dev.slipway.diagnostic;

/** How bad a finding is. */
public enum Severity {
  ERROR,
  WARNING,
  HINT;

  /** As it is printed. */
  public String label() {
    return switch (this) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case HINT -> "hint";
    };
  }
}
