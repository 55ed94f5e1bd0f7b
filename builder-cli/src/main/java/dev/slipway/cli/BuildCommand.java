package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.BuilderSettings;
import dev.slipway.CheckResult;
import dev.slipway.ImageBuilder;
import dev.slipway.OutputSpec;
import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.build.CacheOptions;
import dev.slipway.cli.build.DockerfileCall;
import dev.slipway.cli.build.RequestReader;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.OptionTable;
import dev.slipway.cli.options.UsageException;
import dev.slipway.cli.progress.PlainView;
import dev.slipway.cli.progress.ProgressView;
import dev.slipway.cli.progress.QuietView;
import dev.slipway.cli.progress.RawJsonView;
import dev.slipway.cli.progress.TtyView;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.lint.Outline;
import dev.slipway.oci.Platform;
import dev.slipway.progress.BuildListener;
import dev.slipway.progress.Cancellation;
import dev.slipway.progress.CancelledException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code slipway build}. */
final class BuildCommand implements Command {
  @Override
  public String name() {
    return "build";
  }

  @Override
  public String operands() {
    return "CONTEXT";
  }

  @Override
  public String summary() {
    return "build an image from a Dockerfile and write it to files or registries";
  }

  @Override
  public OptionTable options() {
    return BuildOptions.table();
  }

  @Override
  public int run(Arguments arguments, Surroundings surroundings) {
    long begin = surroundings.nanoTime().getAsLong();
    RequestReader reader =
        new RequestReader(
            surroundings.environment(),
            surroundings::path,
            new Platform("linux", surroundings.architecture()),
            surroundings.in(),
            surroundings.out(),
            surroundings.outIsTerminal());
    DockerfileCall call = DockerfileCall.read(arguments);
    BuildRequest request = reader.request(arguments);
    Path repaired = RepairTarget.of(arguments, request, surroundings::path);
    BuilderSettings settings = settings(arguments, surroundings, reader);
    if (call.kind() != DockerfileCall.Kind.BUILD) {
      return look(call, request, settings, surroundings);
    }
    ProgressView view = view(arguments, surroundings);
    Timings timings = arguments.isOn("timings") ? new Timings(surroundings.nanoTime()) : null;
    BuildResult result;
    try (ImageBuilder builder = ImageBuilder.open(settings)) {
      result = builder.build(request, listener(view, timings), surroundings.cancellation());
    } catch (BuildException e) {
      view.close();
      return failed(e, view, surroundings);
    } finally {
      view.close();
    }
    writeFiles(arguments, surroundings, request, result);
    if (repaired != null && result.repaired() != null) {
      RepairTarget.write(repaired, result.repaired());
    }
    if (view instanceof QuietView) {
      if (!writesToStandardOutput(request)) {
        surroundings.out().println(ResultReport.imageId(result));
      }
    } else if (!(view instanceof RawJsonView)) {
      long elapsed = surroundings.nanoTime().getAsLong() - begin;
      if (repaired != null && result.repaired() != null) {
        surroundings.err().print(RepairTarget.summary(repaired, result.repaired()));
      }
      surroundings.err().print(ResultReport.summary(result, elapsed));
    }
    if (timings != null) {
      surroundings.err().print(timings.table(surroundings.processAge().getAsLong()));
    }
    return ExitCode.DONE;
  }

  static BuilderSettings settings(
      Arguments arguments, Surroundings surroundings, RequestReader reader) {
    Path home = surroundings.home();
    return new BuilderSettings(
        surroundings.cacheDirectory(arguments),
        CacheOptions.limit(arguments),
        surroundings.temporaryDirectory(),
        surroundings.environment(),
        home == null ? surroundings.temporaryDirectory() : home,
        surroundings.architecture(),
        surroundings.java(),
        reader.registries(arguments),
        surroundings.clock());
  }

  /** Tells of the Dockerfile on standard output and builds nothing. */
  private static int look(
      DockerfileCall call,
      BuildRequest request,
      BuilderSettings settings,
      Surroundings surroundings) {
    PrintStream out = surroundings.out();
    Cancellation cancellation = surroundings.cancellation();
    try (ImageBuilder builder = ImageBuilder.open(settings)) {
      boolean json = call.json();
      switch (call.kind()) {
        case OUTLINE -> {
          Outline outline = builder.outline(request, cancellation);
          out.print(
              json ? DockerfileJson.outline(outline) + "\n" : DockerfileReport.outline(outline));
        }
        case TARGETS -> {
          List<Outline.Target> targets = builder.targets(request, cancellation);
          out.print(
              json ? DockerfileJson.targets(targets) + "\n" : DockerfileReport.targets(targets));
        }
        case CHECK -> {
          CheckResult result = builder.check(request, cancellation);
          if (json) {
            out.println(DockerfileJson.check(result));
          } else {
            out.print(DockerfileReport.check(result));
            surroundings.err().print(DockerfileReport.errors(result));
          }
          return result.isClean() || call.ignoreStatus() ? ExitCode.DONE : ExitCode.FAILED;
        }
        case BUILD -> throw new IllegalArgumentException("a build is more than a look");
      }
      return ExitCode.DONE;
    } catch (CancelledException e) {
      throw e;
    } catch (BuildException e) {
      surroundings.err().println(FailureReport.text(e));
      return ExitCode.FAILED;
    }
  }

  private static ProgressView view(Arguments arguments, Surroundings surroundings) {
    PrintStream err = surroundings.err();
    String asked = surroundings.variable("BUILDKIT_PROGRESS");
    String kind = arguments.last("progress", asked == null ? "auto" : asked);
    if (arguments.isOn("quiet")) {
      kind = "quiet";
    } else if (kind.equals("auto")) {
      kind = surroundings.errIsTerminal() ? "tty" : "plain";
    }
    return switch (kind) {
      case "plain" -> new PlainView(err, surroundings.nanoTime());
      case "quiet", "none" -> new QuietView(surroundings.nanoTime());
      case "rawjson" -> new RawJsonView(err, surroundings.clock());
      case "tty" ->
          new TtyView(
              err,
              surroundings.terminalSize(),
              surroundings.variable("NO_COLOR") == null,
              surroundings.nanoTime());
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
      json.failed(FailureReport.diagnostics(failure));
    } else {
      surroundings.err().print(FailureReport.lastOutput(view.failures()));
      surroundings.err().println(FailureReport.text(failure));
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

  private static void writeFiles(
      Arguments arguments, Surroundings surroundings, BuildRequest request, BuildResult result) {
    String idFile = arguments.last("iidfile");
    if (idFile != null) {
      write(surroundings.path(idFile), ResultReport.imageId(result));
    }
    String metadataFile = arguments.last("metadata-file");
    if (metadataFile != null) {
      write(surroundings.path(metadataFile), ResultReport.metadata(result, request.names()) + "\n");
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new BuildException("cannot write \"" + file + "\": " + e.getMessage(), e);
    }
  }
}
