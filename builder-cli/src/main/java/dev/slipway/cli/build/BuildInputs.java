package dev.slipway.cli.build;

import dev.slipway.ContextSource;
import dev.slipway.DockerfileSource;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.UsageException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the context operand and {@code --file}. */
record BuildInputs(ContextSource context, DockerfileSource dockerfile) {
  static BuildInputs read(Arguments arguments, Function<String, Path> path, InputStream stdin) {
    String operand = contextOperand(arguments);
    String file = arguments.last("file");
    if ("-".equals(file)) {
      if (operand.equals("-")) {
        throw new UsageException("the context and the Dockerfile cannot both be standard input");
      }
      return new BuildInputs(context(operand, path, stdin), new DockerfileSource.Stream(stdin));
    }
    ContextSource context = context(operand, path, stdin);
    return new BuildInputs(context, dockerfile(file, context, path));
  }

  private static String contextOperand(Arguments arguments) {
    List<String> operands = arguments.operands();
    if (operands.size() == 1) {
      return operands.get(0);
    }
    if (operands.isEmpty()) {
      throw new UsageException("no build context is given", "slipway build [OPTIONS] CONTEXT");
    }
    throw new UsageException(
        "one build context is wanted, found "
            + operands.size()
            + ": "
            + String.join(" ", operands));
  }

  private static ContextSource context(
      String operand, Function<String, Path> path, InputStream stdin) {
    if (operand.equals("-")) {
      return new ContextSource.Stream(stdin);
    }
    if (ContextSource.isRemote(operand) && !Files.isDirectory(path.apply(operand))) {
      return new ContextSource.Remote(operand);
    }
    return new ContextSource.LocalDirectory(path.apply(operand));
  }

  /** A relative path starts at the working directory, but in a context that is no directory. */
  private static DockerfileSource dockerfile(
      @Nullable String file, ContextSource context, Function<String, Path> path) {
    if (file == null) {
      return DockerfileSource.InContext.DEFAULT;
    }
    if (file.startsWith("http://") || file.startsWith("https://")) {
      throw new UsageException(
          "--file \"" + file + "\" is not supported: a Dockerfile is not downloaded",
          "curl it and say --file -");
    }
    return context instanceof ContextSource.LocalDirectory
        ? new DockerfileSource.LocalFile(path.apply(file))
        : new DockerfileSource.InContext(file);
  }
}
