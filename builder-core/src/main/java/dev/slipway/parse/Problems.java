package dev.slipway.parse;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the syntax errors of one text. */
final class Problems {
  // A text with more is not a Dockerfile, and nobody reads on.
  private static final int MAX_ERRORS = 100;

  private final List<Diagnostic> errors = new ArrayList<>();

  void error(SourceSpan span, String message) {
    error(span, message, null);
  }

  void error(SourceSpan span, String message, @Nullable String hint) {
    errors.add(Diagnostic.error(message, span).withHint(hint));
  }

  int count() {
    return errors.size();
  }

  boolean isFull() {
    return errors.size() >= MAX_ERRORS;
  }

  List<Diagnostic> errors() {
    return errors;
  }
}
