package dev.slipway;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.lint.Outline;
import dev.slipway.progress.BuildListener;
import dev.slipway.progress.Cancellation;
import dev.slipway.progress.CancelledException;
import dev.slipway.session.Sessions;
import java.util.List;

/**
 * Builds container images. Thread-safe: builds may run at once, also those of several builders on
 * one store. Closing it closes its connections and ends its threads; builds that run are cancelled.
 */
public final class ImageBuilder implements AutoCloseable {
  private final Sessions sessions;

  private ImageBuilder(BuilderSettings settings) {
    this.sessions = new Sessions(settings);
  }

  /** Costs next to nothing: files, connections and processes are opened by builds. */
  public static ImageBuilder open(BuilderSettings settings) {
    return new ImageBuilder(settings);
  }

  /** As the one below, heard by nobody, and cancelled by an interrupt only. */
  public BuildResult build(BuildRequest request) {
    return build(request, BuildListener.SILENT, new Cancellation());
  }

  /**
   * Builds what {@code request} asks for and writes its outputs. An interrupt of the calling thread
   * cancels the build.
   *
   * @param listener hears of steps and transfers, on the build's own threads
   * @throws dev.slipway.diagnostic.DiagnosticsException if the Dockerfile has errors
   * @throws CancelledException if cancelled
   * @throws BuildException if anything else stops it
   */
  public BuildResult build(
      BuildRequest request, BuildListener listener, Cancellation cancellation) {
    return sessions.build(request, listener, cancellation);
  }

  /**
   * Builds a plan that was made in Java. Of {@code request} everything counts but the Dockerfile
   * and what is asked of it: target, build arguments and labels.
   *
   * @throws CancelledException if cancelled
   * @throws BuildException if anything stops it
   */
  public BuildResult build(
      PlanSource plans, BuildRequest request, BuildListener listener, Cancellation cancellation) {
    return sessions.build(
        plans,
        request.withDockerfile(new DockerfileSource.Text("plan", "")),
        listener,
        cancellation);
  }

  /**
   * Merges layers of an existing image into one and writes the result. Of {@code request} its
   * names, platforms, annotations, outputs and {@code squash} count: without {@code squash} all
   * layers are merged, without platforms the images of all of them are written.
   *
   * @param image a file or directory, or the name of an image; {@code docker-image://NAME} and
   *     {@code oci-layout://PATH[:TAG|@DIGEST]} say which is meant
   * @throws CancelledException if cancelled
   * @throws BuildException if there is no such image, or anything else stops it
   */
  public BuildResult squash(
      String image, BuildRequest request, BuildListener listener, Cancellation cancellation) {
    BuildRequest asked =
        request.toBuilder()
            .dockerfile(new DockerfileSource.Text("squash", ""))
            .pull(request.reuse().pull() || image.startsWith("docker-image://"))
            .startCheck(StartCheckMode.OFF)
            .hygiene(HygieneMode.OFF)
            .build();
    return sessions.squash(image, asked, listener, cancellation);
  }

  /**
   * Asks registries for the digests of the images that the Dockerfile of {@code request} names. Of
   * {@code request} only the Dockerfile and the context that it is in count; nothing is written.
   *
   * @throws dev.slipway.diagnostic.DiagnosticsException if the Dockerfile has errors
   * @throws CancelledException if cancelled
   * @throws BuildException if a registry does not know an image
   */
  public PinnedDockerfile pin(BuildRequest request, Cancellation cancellation) {
    return sessions.pin(request, cancellation);
  }

  /**
   * Looks at the Dockerfile of {@code request}, in all its stages where no target is given, without
   * building it: what lint finds and what a build would stop at. An image that cannot be had is one
   * of the errors, and the rest is looked at without it.
   *
   * @throws CancelledException if cancelled
   * @throws BuildException if there is no Dockerfile to look at
   */
  public CheckResult check(BuildRequest request, Cancellation cancellation) {
    return sessions.check(request, cancellation);
  }

  /**
   * What the target of {@code request} can be given: its build arguments, secrets and agents.
   *
   * @throws dev.slipway.diagnostic.DiagnosticsException if the Dockerfile has errors
   * @throws BuildException if there is no such target
   */
  public Outline outline(BuildRequest request, Cancellation cancellation) {
    return sessions.outline(request, cancellation);
  }

  /**
   * The stages of the Dockerfile, in their order.
   *
   * @throws dev.slipway.diagnostic.DiagnosticsException if the Dockerfile has errors
   */
  public List<Outline.Target> targets(BuildRequest request, Cancellation cancellation) {
    return sessions.targets(request, cancellation);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
