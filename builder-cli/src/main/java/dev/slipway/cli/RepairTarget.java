package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.ContextSource;
import dev.slipway.DockerfileSource;
import dev.slipway.RepairedDockerfile;
import dev.slipway.StartCheckMode;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.UsageException;
import dev.slipway.cli.progress.ConsoleText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code --fix}: where the repaired Dockerfile is written to. */
final class RepairTarget {
  private RepairTarget() {}

  /**
   * Null where nothing is to be repaired.
   *
   * @throws UsageException if the Dockerfile comes from where nothing can be written to
   */
  static @Nullable Path of(Arguments arguments, BuildRequest request, Function<String, Path> path) {
    if (arguments.last("fix") == null && !arguments.isOn("fix-hints")) {
      return null;
    }
    String file = arguments.last("fix", "");
    if (request.checks().startCheck() == StartCheckMode.OFF) {
      throw new UsageException("--fix needs the start check, which is off");
    }
    if (!file.isEmpty()) {
      return path.apply(file);
    }
    if (request.dockerfile() instanceof DockerfileSource.LocalFile local) {
      return local.path();
    }
    if (request.dockerfile() instanceof DockerfileSource.InContext inside
        && request.context() instanceof ContextSource.LocalDirectory context) {
      return context.path().resolve(inside.path());
    }
    throw new UsageException(
        "--fix cannot write to where the Dockerfile comes from", "name a file: --fix=FILE");
  }

  static void write(Path target, RepairedDockerfile repaired) {
    Path file = inPlace(target, repaired);
    // A file of the user's own that needs no line is not touched.
    if (!repaired.isUnchanged() || !Files.exists(file)) {
      ResultFile.write(file, repaired.bytes());
    }
  }

  /** The build takes a {@code dockerfile} for the {@code Dockerfile} that is missing. */
  private static Path inPlace(Path target, RepairedDockerfile repaired) {
    Path found = target.resolveSibling(repaired.name());
    boolean lowerCase =
        !Files.exists(target)
            && target.endsWith("Dockerfile")
            && repaired.name().equals("dockerfile")
            && Files.exists(found);
    return lowerCase ? found : target;
  }

  /** For people; ends with a line break. */
  static String summary(Path target, RepairedDockerfile repaired) {
    if (repaired.isUnchanged()) {
      return "fixed  nothing: no line is missing in \"" + repaired.name() + "\"\n";
    }
    StringBuilder text = new StringBuilder();
    for (RepairedDockerfile.ChangedLine changed : repaired.changed()) {
      text.append("fixed  ").append(inPlace(target, repaired)).append(", line ");
      text.append(changed.line()).append(":\n");
      addLine(text, changed.text());
    }
    if (!repaired.lines().isEmpty()) {
      text.append("fixed  ").append(inPlace(target, repaired)).append(", from line ");
      text.append(repaired.line()).append(" on:\n");
      repaired.lines().forEach(line -> addLine(text, line));
    }
    return text.toString();
  }

  private static void addLine(StringBuilder text, String line) {
    text.append("       ").append(ConsoleText.clean(line)).append('\n');
  }
}
