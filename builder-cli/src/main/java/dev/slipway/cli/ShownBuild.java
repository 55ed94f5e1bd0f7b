package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.BuilderSettings;
import dev.slipway.ImageBuilder;
import dev.slipway.OutputSpec;
import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.UsageException;
import dev.slipway.cli.progress.PlainView;
import dev.slipway.cli.progress.ProgressView;
import dev.slipway.cli.progress.QuietView;
import dev.slipway.cli.progress.RawJsonView;
import dev.slipway.cli.progress.TtyView;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.progress.BuildListener;
import dev.slipway.progress.CancelledException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that makes an image, run with its progress and its end shown as {@link
 * BuildOptions#results} ask for.
 */
final class ShownBuild {
  private ShownBuild() {}

  /** What makes the image. */
  @FunctionalInterface
  interface Work {
    BuildResult run(ImageBuilder builder, BuildListener listener);

    /** What is told before the summary; ends with a line break, or is empty. */
    default String notes(BuildResult result) {
      return "";
    }
  }

  /**
   * @return the exit code
   */
  static int run(
      Arguments arguments,
      Surroundings surroundings,
      BuilderSettings settings,
      BuildRequest request,
      Work work) {
    checkFiles(arguments, surroundings);
    long begin = surroundings.clocks().nanoTime().getAsLong();
    ProgressView view = view(arguments, surroundings);
    Timings timings =
        arguments.isOn("timings") ? new Timings(surroundings.clocks().nanoTime()) : null;
    BuildResult result;
    try (ImageBuilder builder = ImageBuilder.open(settings)) {
      result = work.run(builder, listener(view, timings));
    } catch (BuildException e) {
      view.close();
      return failed(e, view, surroundings);
    } finally {
      view.close();
    }
    writeFiles(arguments, surroundings, request, result);
    if (view instanceof QuietView) {
      if (!writesToStandardOutput(request)) {
        surroundings.streams().out().println(ResultReport.imageId(result));
      }
    } else if (!(view instanceof RawJsonView)) {
      long elapsed = surroundings.clocks().nanoTime().getAsLong() - begin;
      surroundings.streams().err().print(work.notes(result));
      surroundings.streams().err().print(ResultReport.summary(result, elapsed));
    }
    if (timings != null) {
      surroundings
          .streams()
          .err()
          .print(timings.table(surroundings.clocks().processAge().getAsLong()));
    }
    return ExitCode.DONE;
  }

  private static ProgressView view(Arguments arguments, Surroundings surroundings) {
    PrintStream err = surroundings.streams().err();
    String asked = surroundings.variable("BUILDKIT_PROGRESS");
    String kind = arguments.last("progress", asked == null ? "auto" : asked);
    if (arguments.isOn("quiet")) {
      kind = "quiet";
    } else if (kind.equals("auto")) {
      kind = surroundings.streams().errIsTerminal() ? "tty" : "plain";
    }
    return switch (kind) {
      case "plain" -> new PlainView(err, surroundings.clocks().nanoTime());
      case "quiet", "none" -> new QuietView(surroundings.clocks().nanoTime());
      case "rawjson" -> new RawJsonView(err, surroundings.clocks().wall());
      case "tty" ->
          new TtyView(
              err,
              surroundings.streams().terminalSize(),
              surroundings.variable("NO_COLOR") == null,
              surroundings.clocks().nanoTime());
      default ->
          throw new UsageException(
              "--progress \"" + kind + "\" is not known",
              "it is auto, plain, tty, quiet or rawjson");
    };
  }

  private static BuildListener listener(ProgressView view, @Nullable Timings timings) {
    if (timings == null) {
      return view;
    }
    return event -> {
      timings.on(event);
      view.on(event);
    };
  }

  /** Tells what went wrong; a cancellation is not told as a failure. */
  private static int failed(BuildException failure, ProgressView view, Surroundings surroundings) {
    if (failure instanceof CancelledException || surroundings.cancellation().isCancelled()) {
      throw failure;
    }
    if (view instanceof RawJsonView json) {
      json.failed(failure.diagnostics());
    } else {
      surroundings.streams().err().print(FailureReport.lastOutput(view.failures()));
      surroundings.streams().err().println(failure.render());
    }
    return ExitCode.FAILED;
  }

  private static boolean writesToStandardOutput(BuildRequest request) {
    for (OutputSpec output : request.outputs()) {
      if (output.destination() instanceof OutputSpec.Destination.ToStream) {
        return true;
      }
    }
    return false;
  }

  /** That a build can be told of afterwards is better known before it. */
  private static void checkFiles(Arguments arguments, Surroundings surroundings) {
    for (String option : List.of("iidfile", "metadata-file")) {
      String file = arguments.last(option);
      if (file == null) {
        continue;
      }
      Path directory = surroundings.path(file).toAbsolutePath().getParent();
      if (directory != null && !Files.isDirectory(directory)) {
        throw new BuildException(
            "--" + option + ": there is no directory \"" + directory + "\" to write to");
      }
    }
  }

  private static void writeFiles(
      Arguments arguments, Surroundings surroundings, BuildRequest request, BuildResult result) {
    String idFile = arguments.last("iidfile");
    if (idFile != null) {
      ResultFile.write(surroundings.path(idFile), ResultReport.imageId(result));
    }
    String metadataFile = arguments.last("metadata-file");
    if (metadataFile != null) {
      ResultFile.write(
          surroundings.path(metadataFile),
          ResultReport.metadata(result, request.image().names()) + "\n");
    }
  }
}
