package dev.slipway.progress;

/**
 * Hears what a build does. Called from many threads at once, and quick: a build waits for it. What
 * it throws ends the build.
 */
@FunctionalInterface
public interface BuildListener {
  /** Hears nothing. */
  BuildListener SILENT = event -> {};

  void on(BuildEvent event);
}
