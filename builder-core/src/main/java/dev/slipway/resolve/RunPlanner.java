package dev.slipway.resolve;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.dockerfile.Command;
import dev.slipway.dockerfile.Heredoc;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.Mount;
import dev.slipway.plan.Step;
import dev.slipway.resolve.StageVariables.DeclaredArg;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns a RUN into a step. */
final class RunPlanner {
  private static final List<String> PROXIES =
      List.of("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY");

  /** Where BuildKit puts a script that is run as a program. */
  private static final String SCRIPT_DIRECTORY = "/dev/pipes/";

  private final StageDraft stage;
  private final StageGraph graph;
  private final ConfigDraft config;
  private final StageVariables variables;
  private final ResolveRequest request;
  private final ShellLex lex;

  RunPlanner(
      StageDraft stage,
      StageGraph graph,
      ConfigDraft config,
      StageVariables variables,
      ResolveRequest request,
      ShellLex lex) {
    this.stage = stage;
    this.graph = graph;
    this.config = config;
    this.variables = variables;
    this.request = request;
    this.lex = lex;
  }

  void plan(RunInstruction run, StagePlanner.StepSink sink) {
    List<Mount> mounts = new ArrayList<>();
    List<String> arguments;
    boolean shellForm = run.command() instanceof Command.ShellForm;
    if (run.command() instanceof Command.ExecForm exec) {
      arguments = exec.arguments();
      if (arguments.isEmpty()) {
        throw new ResolveException("RUN requires at least one argument", run.span());
      }
    } else {
      arguments = config.inShell(script(run, mounts));
    }
    if (!run.devices().isEmpty()) {
      throw new ResolveException("RUN --device is not supported", run.devices().get(0).span());
    }
    try {
      mounts.addAll(
          new MountPlanner(stage, graph, config.directory(), lex, variables.values()).plan(run));
    } catch (BuildException e) {
      throw StagePlanner.at(run.span(), e);
    }
    List<String> pairs = new ArrayList<>();
    variables.values().forEach((name, value) -> pairs.add(name + "=" + value));
    sink.add(
        new Step.Run(
            run.span(),
            StepTitle.of(run),
            arguments,
            shellForm && config.shell.isEmpty(),
            pairs,
            proxies(),
            config.directory(),
            config.user,
            mounts,
            network(run),
            security(run)),
        "RUN " + history(arguments) + " # buildkit");
  }

  /** The text for the shell; a script that names its own interpreter becomes a file. */
  private static String script(RunInstruction run, List<Mount> mounts) {
    Heredoc script = run.script();
    if (script == null || !script.content().startsWith("#!")) {
      return run.shellText();
    }
    mounts.add(
        new Mount.Bind(
            new FileSource.Inline(
                script.name(), script.content().getBytes(StandardCharsets.UTF_8), 0755),
            "/",
            SCRIPT_DIRECTORY,
            false));
    return SCRIPT_DIRECTORY + script.name();
  }

  /** The command as the image's history tells it: with the arguments that it may have used. */
  private String history(List<String> command) {
    Map<String, String> used = new LinkedHashMap<>();
    for (DeclaredArg argument : variables.arguments()) {
      String value = variables.values().get(argument.name());
      if (value == null) {
        value = argument.value() == null ? "" : argument.value();
      }
      used.put(argument.name(), value);
    }
    StringBuilder out = new StringBuilder();
    if (!used.isEmpty()) {
      out.append('|').append(used.size()).append(' ');
      used.forEach((name, value) -> out.append(name).append('=').append(value).append(' '));
    }
    return out.append(String.join(" ", command)).toString();
  }

  /** Proxy arguments reach a command without being declared, under both spellings. */
  private Map<String, String> proxies() {
    Map<String, String> proxies = new LinkedHashMap<>();
    request
        .buildArgs()
        .forEach(
            (name, value) -> {
              String upper = name.toUpperCase(Locale.ROOT);
              if (PROXIES.contains(upper)) {
                proxies.put(upper, value);
                proxies.put(upper.toLowerCase(Locale.ROOT), value);
              }
            });
    return proxies;
  }

  private Step.Network network(RunInstruction run) {
    return switch (run.network()) {
      case DEFAULT -> Step.Network.DEFAULT;
      case NONE -> Step.Network.NONE;
      case HOST -> {
        require("network.host", run);
        yield Step.Network.HOST;
      }
    };
  }

  private Step.Security security(RunInstruction run) {
    if (run.security() == RunInstruction.Security.INSECURE) {
      require("security.insecure", run);
      return Step.Security.INSECURE;
    }
    return Step.Security.SANDBOX;
  }

  private void require(String entitlement, RunInstruction run) {
    if (!request.allow().contains(entitlement)) {
      throw new ResolveException(
          entitlement + " is not allowed", run.span(), "allow it with --allow " + entitlement);
    }
  }
}
