package dev.slipway.session.output;

import dev.slipway.OutputSpec;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.execute.BuildCourse;
import dev.slipway.execute.Tasks;
import dev.slipway.export.ExportListener;
import dev.slipway.export.Exporter;
import dev.slipway.export.OutputTarget;
import dev.slipway.export.OutputWriting;
import dev.slipway.export.directory.DatedTrees;
import dev.slipway.export.directory.DirectoryExporter;
import dev.slipway.export.directory.ImageTrees;
import dev.slipway.export.directory.TarExporter;
import dev.slipway.export.dockerarchive.DockerArchiveExporter;
import dev.slipway.export.ocilayout.OciArchiveExporter;
import dev.slipway.export.ocilayout.OciDirectoryExporter;
import dev.slipway.export.registry.RegistryExporter;
import dev.slipway.progress.BuildEvent;
import dev.slipway.progress.Cancellation;
import dev.slipway.registry.RegistryClient;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Opens an exporter for each kind of output.
 *
 * @param trees the files of an image of which only the files are written
 */
public record Exporters(RegistryClient registries, BuildCourse course, ImageTrees trees) {

  /** The caller closes it. */
  Exporter open(OutputPlan plan) {
    ExportListener listener = listener(course.tasks());
    Cancellation cancellation = course.cancellation();
    OutputWriting writing = new OutputWriting(listener, cancellation);
    return switch (plan.spec().type()) {
      case OCI ->
          plan.asDirectory()
              ? new OciDirectoryExporter(path(plan.spec()), plan.names(), writing)
              : new OciArchiveExporter(target(plan.spec()), plan.names(), writing);
      case DOCKER -> new DockerArchiveExporter(target(plan.spec()), plan.names(), writing);
      case REGISTRY ->
          new RegistryExporter(
              registries, plan.names(), plan.byDigest(), course.executor(), listener, cancellation);
      case LOCAL -> new DirectoryExporter(path(plan.spec()), plan.split(), trees(plan), writing);
      case TAR -> new TarExporter(target(plan.spec()), plan.split(), trees(plan), writing);
    };
  }

  private ImageTrees trees(OutputPlan plan) {
    return plan.filesDate().isPresent() ? new DatedTrees(trees, plan.filesDate().get()) : trees;
  }

  private static OutputTarget target(OutputSpec spec) {
    if (spec.destination() instanceof OutputSpec.Destination.ToStream to) {
      return OutputTarget.stream(to.stream());
    }
    return OutputTarget.file(path(spec));
  }

  private static Path path(OutputSpec spec) {
    if (spec.destination() instanceof OutputSpec.Destination.ToPath to) {
      return to.path();
    }
    throw new BuildException(
        "output of type " + spec.type().name().toLowerCase(Locale.ROOT) + " needs a destination",
        null,
        "add dest=PATH",
        null);
  }

  /** Tells of an output's parts as tasks. */
  public static ExportListener listener(Tasks tasks) {
    return (kind, title, total) -> part(tasks.start(kind, "", 0, 0, title), total);
  }

  private static ExportListener.Part part(Tasks.Task task, long total) {
    return new ExportListener.Part() {
      @Override
      public void moved(long done) {
        task.progress(done, total);
      }

      @Override
      public void finished(BuildEvent.Outcome outcome, @Nullable String detail) {
        task.finish(outcome, detail);
      }
    };
  }
}
