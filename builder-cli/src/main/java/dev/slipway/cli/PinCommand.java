package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.ContextSource;
import dev.slipway.DockerfileSource;
import dev.slipway.ImageBuilder;
import dev.slipway.PinnedDockerfile;
import dev.slipway.PinnedDockerfile.Reference;
import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.build.CacheOptions;
import dev.slipway.cli.build.RequestReader;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.Option;
import dev.slipway.cli.options.OptionTable;
import dev.slipway.cli.options.UsageException;
import dev.slipway.cli.progress.ConsoleText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code slipway pin}. */
final class PinCommand implements Command {
  private static final char NONE = 0;

  @Override
  public String name() {
    return "pin";
  }

  @Override
  public String operands() {
    return "[DOCKERFILE]";
  }

  @Override
  public String summary() {
    return "write the digests of the images that a Dockerfile names into it";
  }

  @Override
  public OptionTable options() {
    String group = "Options";
    List<Option> options = new ArrayList<>();
    options.add(Option.single("file", 'f', "FILE", group, "the Dockerfile, as the operand is"));
    options.add(Option.toggle("write", 'w', group, "change the Dockerfile; else it is printed"));
    options.add(Option.single("output", 'o', "FILE", group, "write it to FILE"));
    options.add(
        Option.toggle(
            "check", NONE, group, "write nothing; fail if an image has no digest or an old one"));
    options.addAll(CacheOptions.location("Registries"));
    options.addAll(BuildOptions.registries("Registries"));
    return new OptionTable(options);
  }

  @Override
  public int run(Arguments arguments, Surroundings surroundings) {
    Path file = surroundings.path(file(arguments));
    Path target = target(arguments, surroundings, file);
    RequestReader reader = surroundings.requestReader();
    BuildRequest request =
        BuildRequest.builder(new ContextSource.Empty())
            .dockerfile(new DockerfileSource.LocalFile(file))
            .build();
    PinnedDockerfile pinned;
    try (ImageBuilder builder =
        ImageBuilder.open(BuildCommand.settings(arguments, surroundings, reader))) {
      pinned = builder.pin(request, surroundings.cancellation());
    }
    for (Reference reference : pinned.references()) {
      surroundings.streams().err().println(line(reference));
    }
    if (arguments.isOn("check")) {
      return pinned.isPinned() ? ExitCode.DONE : ExitCode.FAILED;
    }
    if (target == null) {
      surroundings.streams().out().writeBytes(pinned.bytes());
    } else {
      ResultFile.write(target, pinned.bytes());
    }
    return ExitCode.DONE;
  }

  private static String file(Arguments arguments) {
    List<String> operands = new ArrayList<>(arguments.operands());
    String named = arguments.last("file");
    if (named != null) {
      operands.add(named);
    }
    if (operands.size() > 1) {
      throw new UsageException("pin wants one Dockerfile, not " + operands.size());
    }
    return operands.isEmpty() ? "Dockerfile" : operands.get(0);
  }

  /** Null for standard output. */
  private static @Nullable Path target(
      Arguments arguments, Surroundings surroundings, Path dockerfile) {
    String output = arguments.last("output");
    if (output != null && arguments.isOn("write")) {
      throw new UsageException("--write and --output exclude each other");
    }
    return output != null ? surroundings.path(output) : arguments.isOn("write") ? dockerfile : null;
  }

  private static String line(Reference reference) {
    String what =
        switch (reference.state()) {
          case PINNED -> "pinned      " + reference.written();
          case ADDED -> "added       " + reference.pinned();
          case MOVED -> "moved       " + reference.written() + " is now " + reference.pinned();
          case LEFT -> "not pinned  " + reference.written() + ": " + reference.reason();
        };
    return ConsoleText.clean("line " + reference.line() + "  " + what);
  }
}
