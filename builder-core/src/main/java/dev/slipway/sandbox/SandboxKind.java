package dev.slipway.sandbox;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways to isolate a step. */
public enum SandboxKind {
  /** The quickest that gives the published isolation, {@link #NAMESPACES}. */
  AUTO("isolated"),
  /** Our own system calls: the quickest. */
  NAMESPACES("isolated"),
  RUNC("isolated"),
  CRUN("isolated"),
  /** Steps cannot gain privileges through setuid programs. */
  BUBBLEWRAP("no-new-privileges"),
  /** No isolation but another root directory; for root in a container without mounts. */
  CHROOT("chroot");

  private final String isolationClass;

  SandboxKind(String isolationClass) {
    this.isolationClass = isolationClass;
  }

  /** What of the isolation a step can notice; part of a cache key. */
  public String isolationClass() {
    return isolationClass;
  }

  /** The name as on a command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of that name, or null. */
  public static @Nullable SandboxKind of(String label) {
    for (SandboxKind kind : values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    return null;
  }
}
