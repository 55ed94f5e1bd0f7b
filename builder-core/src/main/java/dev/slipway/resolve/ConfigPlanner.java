package dev.slipway.resolve;

import dev.slipway.dockerfile.AddInstruction;
import dev.slipway.dockerfile.ArgDefinition;
import dev.slipway.dockerfile.ArgInstruction;
import dev.slipway.dockerfile.CmdInstruction;
import dev.slipway.dockerfile.Command;
import dev.slipway.dockerfile.CopyInstruction;
import dev.slipway.dockerfile.EntrypointInstruction;
import dev.slipway.dockerfile.EnvInstruction;
import dev.slipway.dockerfile.ExposeInstruction;
import dev.slipway.dockerfile.ExposedPorts;
import dev.slipway.dockerfile.FromInstruction;
import dev.slipway.dockerfile.HealthcheckInstruction;
import dev.slipway.dockerfile.InstructionVisitor;
import dev.slipway.dockerfile.KeyValue;
import dev.slipway.dockerfile.LabelInstruction;
import dev.slipway.dockerfile.MaintainerInstruction;
import dev.slipway.dockerfile.OnbuildInstruction;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.ShellInstruction;
import dev.slipway.dockerfile.StopsignalInstruction;
import dev.slipway.dockerfile.UserInstruction;
import dev.slipway.dockerfile.VolumeInstruction;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.WorkdirInstruction;
import dev.slipway.oci.Healthcheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the instructions that change an image's configuration and no file. A visit tells
 * whether the instruction is one of those.
 */
final class ConfigPlanner implements InstructionVisitor<Boolean> {
  private final ConfigDraft config;
  private final StageVariables variables;
  private final GlobalArgs globals;
  private final ResolveRequest request;
  private boolean commandSet;

  ConfigPlanner(
      ConfigDraft config, StageVariables variables, GlobalArgs globals, ResolveRequest request) {
    this.config = config;
    this.variables = variables;
    this.globals = globals;
    this.request = request;
  }

  private void addHistory(String createdBy) {
    config.addHistory(createdBy, false);
  }

  @Override
  public Boolean visit(EnvInstruction env) {
    // All values of a line see the environment before it.
    List<String> keys = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (KeyValue pair : env.pairs()) {
      keys.add(variables.expand(pair.key()));
      values.add(variables.expand(pair.value()));
    }
    for (int i = 0; i < keys.size(); i++) {
      variables.put(keys.get(i), values.get(i));
      config.env.put(keys.get(i), values.get(i));
    }
    addHistory("ENV" + joined(keys, values));
    return true;
  }

  @Override
  public Boolean visit(LabelInstruction label) {
    List<String> keys = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (KeyValue pair : label.pairs()) {
      keys.add(variables.expand(pair.key()));
      values.add(variables.expand(pair.value()));
    }
    for (int i = 0; i < keys.size(); i++) {
      config.labels.put(keys.get(i), values.get(i));
    }
    addHistory("LABEL" + joined(keys, values));
    return true;
  }

  private static String joined(List<String> keys, List<String> values) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < keys.size(); i++) {
      out.append(' ').append(keys.get(i)).append('=').append(values.get(i));
    }
    return out.toString();
  }

  @Override
  public Boolean visit(ArgInstruction arg) {
    StringBuilder history = new StringBuilder("ARG");
    for (ArgDefinition definition : arg.definitions()) {
      String name = definition.name().text();
      String value = argument(name, definition.defaultValue());
      variables.declare(name, value);
      history.append(' ').append(name);
      if (value != null) {
        history.append('=').append(value);
      }
    }
    addHistory(history.toString());
    return true;
  }

  private @Nullable String argument(String name, @Nullable Word defaultValue) {
    String given = request.buildArgs().get(name);
    if (given != null) {
      return given;
    }
    return defaultValue == null ? globals.get(name) : variables.expand(defaultValue);
  }

  @Override
  public Boolean visit(UserInstruction user) {
    config.user = variables.expand(user.user());
    addHistory("USER " + config.user);
    return true;
  }

  @Override
  public Boolean visit(VolumeInstruction volume) {
    List<String> paths = new ArrayList<>();
    for (Word word : volume.paths()) {
      String path = variables.expand(word);
      if (path.isEmpty()) {
        throw new ResolveException("VOLUME specified can not be an empty string", word.span());
      }
      paths.add(path);
    }
    config.volumes.addAll(paths);
    addHistory("VOLUME " + GoFormat.list(paths));
    return true;
  }

  @Override
  public Boolean visit(ExposeInstruction expose) {
    List<String> ports = new ArrayList<>();
    // As BuildKit, which sorts the words as written: the history shows it.
    List<Word> words = new ArrayList<>(expose.ports());
    words.sort(Comparator.comparing(Word::text));
    for (Word word : words) {
      for (String port : variables.expansion(word).words()) {
        try {
          ports.addAll(ExposedPorts.parse(port).ports());
        } catch (IllegalArgumentException e) {
          throw new ResolveException(String.valueOf(e.getMessage()), word.span());
        }
      }
    }
    config.exposedPorts.addAll(ports);
    addHistory("EXPOSE " + GoFormat.list(ports));
    return true;
  }

  @Override
  public Boolean visit(StopsignalInstruction stopsignal) {
    String signal = variables.expand(stopsignal.signal());
    if (!StopSignals.isKnown(signal)) {
      throw new ResolveException(
          "invalid signal: '" + signal + "'",
          stopsignal.signal().span(),
          "a name as SIGTERM or a number");
    }
    config.stopSignal = signal;
    addHistory("STOPSIGNAL " + signal);
    return true;
  }

  @Override
  public Boolean visit(CmdInstruction cmd) {
    config.command = arguments(cmd.command());
    config.argsEscaped = true;
    commandSet = true;
    addHistory("CMD " + GoFormat.quotedList(config.command));
    return true;
  }

  @Override
  public Boolean visit(EntrypointInstruction entrypoint) {
    config.entrypoint = arguments(entrypoint.command());
    if (!commandSet) {
      // Arguments for the base's program make no sense for another one.
      config.command = List.of();
    }
    addHistory("ENTRYPOINT " + GoFormat.quotedList(config.entrypoint));
    return true;
  }

  private List<String> arguments(Command command) {
    return command instanceof Command.ExecForm exec
        ? exec.arguments()
        : config.inShell(((Command.ShellForm) command).text());
  }

  @Override
  public Boolean visit(HealthcheckInstruction healthcheck) {
    Healthcheck check = Healthchecks.of(healthcheck);
    config.healthcheck = check;
    addHistory("HEALTHCHECK " + GoFormat.healthcheck(check));
    return true;
  }

  @Override
  public Boolean visit(ShellInstruction shell) {
    config.shell = shell.shell();
    addHistory("SHELL " + GoFormat.list(shell.shell()));
    return true;
  }

  @Override
  public Boolean visit(MaintainerInstruction maintainer) {
    config.author = maintainer.author();
    addHistory("MAINTAINER " + maintainer.author());
    return true;
  }

  @Override
  public Boolean visit(OnbuildInstruction onbuild) {
    config.onBuild.add(onbuild.trigger());
    return true;
  }

  @Override
  public Boolean visit(FromInstruction from) {
    throw new IllegalStateException("FROM inside a stage");
  }

  @Override
  public Boolean visit(WorkdirInstruction workdir) {
    return false;
  }

  @Override
  public Boolean visit(RunInstruction run) {
    return false;
  }

  @Override
  public Boolean visit(CopyInstruction copy) {
    return false;
  }

  @Override
  public Boolean visit(AddInstruction add) {
    return false;
  }
}
