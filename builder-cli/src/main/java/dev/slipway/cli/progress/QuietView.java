package dev.slipway.cli.progress;

import java.util.function.LongSupplier;

/** Shows nothing; only remembers what is wanted where a step fails. */
public final class QuietView extends RecordingView {
  public QuietView(LongSupplier nanoTime) {
    super(nanoTime);
  }
}
