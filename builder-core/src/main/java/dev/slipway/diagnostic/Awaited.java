package dev.slipway.diagnostic;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What other threads do, for who waits for it: their failures are thrown as they were there. */
public final class Awaited {
  private Awaited() {}

  /** Waits for a result. */
  public static <T> T result(CompletableFuture<T> pending) {
    try {
      return pending.join();
    } catch (CompletionException e) {
      throw failure(e);
    }
  }

  /**
   * What to throw for a failure that a future tells of or ended with; an error is thrown here.
   *
   * @return what is unchecked as it is, other exceptions as the cause of one
   */
  public static RuntimeException failure(Throwable told) {
    boolean wraps = told instanceof CompletionException || told instanceof ExecutionException;
    Throwable cause = told.getCause();
    Throwable failure = wraps && cause != null ? cause : told;
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }
}
