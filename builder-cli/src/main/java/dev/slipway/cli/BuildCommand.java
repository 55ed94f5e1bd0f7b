package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.BuilderSettings;
import dev.slipway.CheckResult;
import dev.slipway.ImageBuilder;
import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.build.CacheOptions;
import dev.slipway.cli.build.DockerfileCall;
import dev.slipway.cli.build.RequestReader;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.OptionTable;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.lint.Outline;
import dev.slipway.progress.BuildListener;
import dev.slipway.progress.Cancellation;
import dev.slipway.progress.CancelledException;
import java.io.PrintStream;
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
    RequestReader reader = surroundings.requestReader();
    DockerfileCall call = DockerfileCall.read(arguments);
    BuildRequest request = reader.request(arguments);
    Path repaired = RepairTarget.of(arguments, request, surroundings::path);
    BuilderSettings settings = settings(arguments, surroundings, reader);
    if (call.kind() != DockerfileCall.Kind.BUILD) {
      return look(call, request, settings, surroundings);
    }
    return ShownBuild.run(
        arguments,
        surroundings,
        settings,
        request,
        new FromDockerfile(request, surroundings.cancellation(), repaired));
  }

  /**
   * A build.
   *
   * @param repaired where the repaired Dockerfile goes, or null
   */
  private record FromDockerfile(
      BuildRequest request, Cancellation cancellation, @Nullable Path repaired)
      implements ShownBuild.Work {
    @Override
    public BuildResult run(ImageBuilder builder, BuildListener listener) {
      BuildResult result = builder.build(request, listener, cancellation);
      if (repaired != null && result.repaired() != null) {
        RepairTarget.write(repaired, result.repaired());
      }
      return result;
    }

    @Override
    public String notes(BuildResult result) {
      return repaired != null && result.repaired() != null
          ? RepairTarget.summary(repaired, result.repaired())
          : "";
    }
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
        surroundings.workerJvm(),
        reader.registries(arguments),
        surroundings.clocks().wall());
  }

  /** Tells of the Dockerfile on standard output and builds nothing. */
  private static int look(
      DockerfileCall call,
      BuildRequest request,
      BuilderSettings settings,
      Surroundings surroundings) {
    PrintStream out = surroundings.streams().out();
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
            surroundings.streams().err().print(DockerfileReport.errors(result));
          }
          return result.isClean() || call.ignoreStatus() ? ExitCode.DONE : ExitCode.FAILED;
        }
        case BUILD -> throw new IllegalArgumentException("a build is more than a look");
      }
      return ExitCode.DONE;
    } catch (CancelledException e) {
      throw e;
    } catch (BuildException e) {
      surroundings.streams().err().println(e.render());
      return ExitCode.FAILED;
    }
  }
}
