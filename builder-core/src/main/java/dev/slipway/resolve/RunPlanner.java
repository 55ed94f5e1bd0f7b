package dev.slipway.resolve;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.dockerfile.Command;
import dev.slipway.dockerfile.Heredoc;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.Mount;
import dev.slipway.plan.Step;
import dev.slipway.resolve.StageDraft.DeclaredArg;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a RUN into a step. */
final class RunPlanner {
  private static final List<String> PROXIES =
      List.of("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY");

  /** Where BuildKit puts a script that is run as a program. */
  private static final String SCRIPT_DIRECTORY = "/dev/pipes/";

  private final StageDraft stage;
  private final StageGraph graph;
  private final ConfigDraft config;
  private final Map<String, String> environment;
  private final List<DeclaredArg> declared;
  private final ResolveRequest request;
  private final ShellLex lex;

  RunPlanner(
      StageDraft stage,
      StageGraph graph,
      ConfigDraft config,
      Map<String, String> environment,
      List<DeclaredArg> declared,
      ResolveRequest request,
      ShellLex lex) {
    this.stage = stage;
    this.graph = graph;
    this.config = config;
    this.environment = environment;
    this.declared = declared;
    this.request = request;
    this.lex = lex;
  }

  void plan(RunInstruction run, StagePlanner.StepSink sink) {
    List<Mount> mounts = new ArrayList<>();
    List<String> arguments;
    boolean shellForm = run.command() instanceof Command.ShellForm;
    if (run.command() instanceof Command.ExecForm exec) {
      arguments = exec.arguments();
    } else {
      arguments = config.inShell(script(run, mounts));
    }
    if (!run.devices().isEmpty()) {
      throw new ResolveException("RUN --device is not supported", run.devices().get(0).span());
    }
    try {
      mounts.addAll(new MountPlanner(stage, graph, config.directory(), lex, environment).plan(run));
    } catch (BuildException e) {
      throw StagePlanner.at(run.span(), e);
    }
    List<String> pairs = new ArrayList<>(environment.size());
    environment.forEach((name, value) -> pairs.add(name + "=" + value));
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
            network(run.network()),
            security(run.security())),
        "RUN " + history(arguments) + " # buildkit");
  }

  /** The text for the shell, with here-documents where they belong. */
  private String script(RunInstruction run, List<Mount> mounts) {
    String text = ((Command.ShellForm) run.command()).text();
    if (run.heredocs().isEmpty()) {
      return text;
    }
    Heredoc script = run.script();
    if (script == null) {
      StringBuilder out = new StringBuilder(text);
      for (Heredoc heredoc : run.heredocs()) {
        out.append('\n').append(heredoc.rawContent()).append(heredoc.name());
      }
      return out.toString();
    }
    String content = script.content();
    if (!content.startsWith("#!")) {
      return content;
    }
    mounts.add(
        new Mount.Bind(
            new FileSource.Inline(script.name(), content.getBytes(StandardCharsets.UTF_8), 0755),
            "/",
            SCRIPT_DIRECTORY,
            false));
    return SCRIPT_DIRECTORY + script.name();
  }

  /** The command as the image's history tells it: with the arguments that it may have used. */
  private String history(List<String> command) {
    Map<String, String> used = new LinkedHashMap<>();
    for (DeclaredArg argument : declared) {
      String value = environment.get(argument.name());
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

  private Step.Network network(@Nullable Word word) {
    if (word == null) {
      return Step.Network.DEFAULT;
    }
    return switch (word.text()) {
      case "default" -> Step.Network.DEFAULT;
      case "none" -> Step.Network.NONE;
      case "host" -> {
        require("network.host", word);
        yield Step.Network.HOST;
      }
      default ->
          throw new ResolveException(
              "unknown network '" + word.text() + "', expected default, none or host", word.span());
    };
  }

  private Step.Security security(@Nullable Word word) {
    if (word == null || word.text().equals("sandbox")) {
      return Step.Security.SANDBOX;
    }
    if (!word.text().equals("insecure")) {
      throw new ResolveException(
          "unknown security '" + word.text() + "', expected sandbox or insecure", word.span());
    }
    require("security.insecure", word);
    return Step.Security.INSECURE;
  }

  private void require(String entitlement, Word word) {
    if (!request.allow().contains(entitlement)) {
      throw new ResolveException(
          entitlement + " is not allowed", word.span(), "allow it with --allow " + entitlement);
    }
  }
}
