package dev.slipway.parse;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.Severity;
import dev.slipway.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the syntax errors of one text. */
final class Problems {
  // A text with more is not a Dockerfile, and nobody reads on.
  private static final int MAX_ERRORS = 100;

  private static final int MAX_LENGTH = 400;

  private final List<Diagnostic> errors = new ArrayList<>();
  private final List<Diagnostic> errorsOfForm = new ArrayList<>();
  private final List<Diagnostic> warnings = new ArrayList<>();

  void error(SourceSpan span, String message) {
    error(span, message, null);
  }

  void error(SourceSpan span, String message, @Nullable String hint) {
    errors.add(
        Diagnostic.error(shortened(message), span).withHint(hint == null ? null : shortened(hint)));
  }

  /**
   * An error in the form of the arguments, which is one in a trigger too: BuildKit looks no further
   * into those than to tell words, pairs and arrays.
   */
  void errorOfForm(SourceSpan span, String message, String hint) {
    error(span, message, hint);
    errorsOfForm.add(errors.get(errors.size() - 1));
  }

  /** Takes over what is wrong with a trigger. */
  void addTrigger(Problems trigger) {
    errors.addAll(trigger.errorsOfForm);
    for (Diagnostic error : trigger.errors) {
      if (!trigger.errorsOfForm.contains(error)) {
        warn(error);
      }
    }
  }

  /** What would be an error elsewhere. */
  void warn(Diagnostic error) {
    warnings.add(error.withSeverity(Severity.WARNING));
  }

  /** What is quoted of the text may be as long as the text. */
  private static String shortened(String message) {
    return message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH) + "...";
  }

  int count() {
    return errors.size();
  }

  boolean isFull() {
    return errors.size() >= MAX_ERRORS;
  }

  List<Diagnostic> warnings() {
    return warnings;
  }

  List<Diagnostic> errors() {
    return errors;
  }
}
