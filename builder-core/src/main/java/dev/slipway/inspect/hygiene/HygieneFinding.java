package dev.slipway.inspect.hygiene;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One finding.
 *
 * @param message never has a secret in full
 * @param advice what to do about it, or null
 */
public record HygieneFinding(Kind kind, String message, @Nullable String advice) {

  /** What is found. */
  public enum Kind {
    /** A private key or a file of credentials. */
    SECRET_FILE(true, "ships a secret"),
    /** The same, in a layer that is shipped though a later one deletes it. */
    HIDDEN_SECRET(true, "ships a deleted secret"),
    /** A token or password in a variable, a label or the history. */
    SECRET_IN_CONFIG(true, "tells a secret"),
    /** What was copied only because it lay in the build context. */
    LEFTOVER(true, "ships what lay in the context"),
    /** No user is named. */
    ROOT_USER(false, "runs as root"),
    /** A base image that may be another tomorrow. */
    UNPINNED_BASE(false, "base image without a digest"),
    /** It is published under a name that says nothing of what is inside. */
    VAGUE_TAG(false, "a tag that does not say what is inside"),
    /** A shell gets the signals that are meant for the program. */
    SHELL_FIRST(false, "a shell gets the signals");

    private final boolean problem;
    private final String label;

    Kind(boolean problem, String label) {
      this.problem = problem;
      this.label = label;
    }

    /** In a few words, for people. */
    public String label() {
      return label;
    }

    /** Whether it is a mistake in any case; the others are advice, which a build only mentions. */
    public boolean isProblem() {
      return problem;
    }
  }

  /** For telling it at the end of a build. */
  public Diagnostic toDiagnostic(Severity severity) {
    return new Diagnostic(severity, message, null, advice, null);
  }
}
