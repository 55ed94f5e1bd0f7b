package dev.slipway.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * Ends a step, whether that is asked for before or after it has begun. Thread-safe; actions are
 * quick, as others wait for them.
 */
public final class Ending {
  private @Nullable Runnable action;
  private boolean asked;

  /** Says how to end the step; done at once where that was asked for before. */
  public void onRequest(Runnable newAction) {
    synchronized (this) {
      if (!asked) {
        action = newAction;
        return;
      }
    }
    newAction.run();
  }

  /** Says that there is nothing to end any more; the action does not run after this returns. */
  public synchronized void done() {
    action = null;
  }

  /** Ends the step. */
  public synchronized void request() {
    asked = true;
    if (action != null) {
      action.run(); // under the lock: what it ends may be given to somebody else after done()
    }
  }

  public synchronized boolean isRequested() {
    return asked;
  }
}
