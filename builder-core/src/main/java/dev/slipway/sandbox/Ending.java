package dev.slipway.sandbox;

import org.jspecify.annotations.Nullable;

/** Ends a step, whether that is asked for before or after it has begun. Thread-safe. */
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

  /** Says that there is nothing to end any more. */
  public synchronized void done() {
    action = null;
  }

  /** Ends the step. */
  public void request() {
    Runnable toRun;
    synchronized (this) {
      asked = true;
      toRun = action;
    }
    if (toRun != null) {
      toRun.run();
    }
  }

  public synchronized boolean isRequested() {
    return asked;
  }
}
