package dev.slipway;

import dev.slipway.progress.BuildListener;
import dev.slipway.progress.Cancellation;

/**
 * Builds container images. Thread-safe: builds may run at once, also those of several builders on
 * one store. Closing it ends its helper process; builds that run fail.
 */
public final class ImageBuilder implements AutoCloseable {
  private final BuilderSettings settings;

  private ImageBuilder(BuilderSettings settings) {
    this.settings = settings;
  }

  public static ImageBuilder open(BuilderSettings settings) {
    return new ImageBuilder(settings);
  }

  /**
   * Builds what {@code request} asks for and writes its outputs. An interrupt of the calling thread
   * cancels the build.
   *
   * @throws dev.slipway.diagnostic.DiagnosticsException if the Dockerfile has errors
   * @throws dev.slipway.progress.CancelledException if cancelled
   * @throws dev.slipway.diagnostic.BuildException if anything else stops it
   */
  public BuildResult build(
      BuildRequest request, BuildListener listener, Cancellation cancellation) {
    throw new UnsupportedOperationException("build " + request + settings);
  }

  @Override
  public void close() {}
}
