package dev.slipway.cli.progress;

import dev.slipway.progress.BuildListener;
import java.util.List;

/**
 * Shows a build while it runs. Thread-safe. After {@link #close} nothing more is written and the
 * terminal is as it was before.
 */
public interface ProgressView extends BuildListener, AutoCloseable {
  /** The steps that failed, in the order in which they did. */
  List<FailedTask> failures();

  @Override
  void close();
}
