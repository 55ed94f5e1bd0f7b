package dev.slipway.inspect.start;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something about the start of an image.
 *
 * @param certain whether the command can not be started; otherwise something may fail later
 * @param message lower case, no full stop
 * @param repair lines to add to the last stage, in order; none where no stage has what is missing
 * @param advice what to do beside or instead of it, or null
 * @param unexecutable the path, without links, of a file that only lacks the right to be executed;
 *     else null
 */
public record StartFinding(
    boolean certain,
    String message,
    List<String> repair,
    @Nullable String advice,
    @Nullable String unexecutable) {
  static final String CODE = "StartCheck";

  public StartFinding {
    repair = List.copyOf(repair);
  }

  StartFinding(boolean certain, String message, List<String> repair, @Nullable String advice) {
    this(certain, message, repair, advice, null);
  }

  static StartFinding certain(String message, @Nullable String advice) {
    return new StartFinding(true, message, List.of(), advice);
  }

  static StartFinding possible(String message, @Nullable String advice) {
    return new StartFinding(false, message, List.of(), advice);
  }

  /** The same as something that keeps nothing from starting. */
  StartFinding asPossible() {
    return new StartFinding(false, message, repair, advice, unexecutable);
  }

  /** The same with other advice. */
  public StartFinding withAdvice(String other) {
    return new StartFinding(certain, message, repair, other, unexecutable);
  }

  /**
   * For printing.
   *
   * @param certainSeverity of what can not be started; anything else is a warning
   */
  public Diagnostic toDiagnostic(Severity certainSeverity) {
    StringBuilder hint = new StringBuilder();
    if (advice != null) {
      hint.append(advice);
    }
    if (!repair.isEmpty()) {
      hint.append(hint.length() == 0 ? "" : "; or ").append("add to the last stage:");
    }
    for (String line : repair) {
      hint.append("\n  ").append(line);
    }
    return new Diagnostic(
        certain ? certainSeverity : Severity.WARNING,
        message,
        null,
        hint.length() == 0 ? null : hint.toString(),
        CODE);
  }
}
