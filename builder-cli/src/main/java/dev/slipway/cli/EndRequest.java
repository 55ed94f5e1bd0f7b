package dev.slipway.cli;

import dev.slipway.progress.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and its kin into a cancellation, and keeps the process until the cancelled work has
 * cleaned up. The JVM itself then ends with 128 + the signal's number.
 */
final class EndRequest {
  private static final long PATIENCE_SECONDS = 10;

  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch finished = new CountDownLatch(1);

  EndRequest() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::endRequested, "slipway-end"));
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** Nothing is left to wait for. */
  void finished() {
    finished.countDown();
  }

  // Runs at an ordinary end too, but then there is nothing to cancel any more.
  private void endRequested() {
    if (finished.getCount() == 0) {
      return;
    }
    cancellation.cancel();
    try {
      finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
