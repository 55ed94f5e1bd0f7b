package dev.slipway.progress;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a build to stop. Whoever holds something that blocks (a socket, a process) registers an
 * action that ends it; threads are never interrupted, because an interrupt closes a shared file
 * channel. Thread-safe.
 */
public final class Cancellation {
  private final Map<Object, Runnable> actions = new LinkedHashMap<>();
  private boolean cancelled;

  /** Stops what is registered, once, in the reverse order of registration. */
  public void cancel() {
    Runnable[] toRun;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      toRun = actions.values().toArray(Runnable[]::new);
      actions.clear();
    }
    RuntimeException failed = null;
    for (int i = toRun.length - 1; i >= 0; i--) {
      try {
        toRun[i].run();
      } catch (RuntimeException e) {
        // The others are to be stopped all the same.
        failed = failed == null ? e : failed;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * @throws CancelledException if cancelled
   */
  public void check() {
    if (isCancelled()) {
      throw new CancelledException();
    }
  }

  /**
   * Runs {@code action} when cancelled, at once if that has happened; closing the result takes the
   * registration back.
   */
  public Registration onCancel(Runnable action) {
    Object key = new Object();
    synchronized (this) {
      if (!cancelled) {
        actions.put(key, action);
        return () -> {
          synchronized (this) {
            actions.remove(key);
          }
        };
      }
    }
    action.run();
    return () -> {};
  }

  /** A registered action. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
