package dev.slipway.resolve;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.AddInstruction;
import dev.slipway.dockerfile.ArgDefinition;
import dev.slipway.dockerfile.ArgInstruction;
import dev.slipway.dockerfile.CmdInstruction;
import dev.slipway.dockerfile.Command;
import dev.slipway.dockerfile.CopyInstruction;
import dev.slipway.dockerfile.EntrypointInstruction;
import dev.slipway.dockerfile.EnvInstruction;
import dev.slipway.dockerfile.ExposeInstruction;
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
import dev.slipway.dockerfile.shell.Expansion;
import dev.slipway.dockerfile.shell.ExpansionException;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.oci.Healthcheck;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.plan.Base;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.Step;
import dev.slipway.resolve.NamedContexts.NamedContext;
import dev.slipway.resolve.StageDraft.DeclaredArg;
import dev.slipway.resolve.StageDraft.StageCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the instructions of a stage: what they change of the configuration, what they do. A
 * visit tells whether the instruction makes a layer.
 */
final class StagePlanner implements InstructionVisitor<Boolean> {
  private final StageDraft stage;
  private final StageGraph graph;
  private final GlobalArgs globals;
  private final ShellLex lex;
  private final ResolveRequest request;
  private final ConfigDraft config;
  private final Map<String, String> environment;
  private final List<DeclaredArg> arguments;
  private final List<Step> steps = new ArrayList<>();
  private boolean commandSet;

  StagePlanner(
      StageDraft stage,
      StageGraph graph,
      GlobalArgs globals,
      ShellLex lex,
      ResolveRequest request) {
    this.stage = stage;
    this.graph = graph;
    this.globals = globals;
    this.lex = lex;
    this.request = request;
    this.config = new ConfigDraft(baseConfig(stage));
    // A stage that starts from another sees the arguments of that one too.
    this.environment = new LinkedHashMap<>(stage.base == null ? Map.of() : stage.base.environment);
    this.environment.putAll(stage.base == null ? config.env : Map.of());
    this.arguments = new ArrayList<>(stage.base == null ? List.of() : stage.base.arguments);
  }

  private static ImageConfig baseConfig(StageDraft stage) {
    if (stage.base != null) {
      return Objects.requireNonNull(stage.base.planned, "base planned first").config();
    }
    return Objects.requireNonNull(stage.baseConfig, "base resolved first");
  }

  /**
   * @param only whether the Dockerfile has no other stage: then its name is not shown
   */
  PlannedStage plan(boolean only) {
    if (stage.replacement == null) {
      for (StageCommand command : stage.commands) {
        command.instruction().accept(this);
      }
    }
    boolean ignoreCache =
        request.noCache()
            || (stage.source.name() != null
                && request.noCacheStages().contains(stage.source.name()));
    PlannedStage planned =
        new PlannedStage(
            stage.id(),
            only ? "" : stage.name(),
            platform(),
            base(),
            steps,
            config.toConfig(),
            ignoreCache);
    stage.planned = planned;
    stage.environment = environment;
    stage.arguments = arguments;
    return planned;
  }

  private Platform platform() {
    return stage.platform == null ? request.targetPlatform() : stage.platform;
  }

  private Base base() {
    if (stage.base != null) {
      return new Base.Stage(stage.base.id());
    }
    if (stage.baseFiles instanceof NamedContext.Image image) {
      // An image without layers is as good as scratch, and need not be had at all.
      return image.image().image().layers().isEmpty()
          ? new Base.Scratch()
          : new Base.Image(image.image());
    }
    if (stage.baseFiles instanceof NamedContext.Files files) {
      return new Base.Context(files.name());
    }
    return new Base.Scratch();
  }

  private void addHistory(String createdBy) {
    config.addHistory(createdBy, false);
  }

  private void addStep(Step step, String createdBy) {
    steps.add(step);
    config.addHistory(createdBy, true);
  }

  /** Replaces the variables of a word. */
  String expand(Word word) {
    return expansion(word).value();
  }

  private Expansion expansion(Word word) {
    try {
      return lex.expand(word.text(), environment::get);
    } catch (ExpansionException e) {
      throw new ResolveException(String.valueOf(e.getMessage()), word.span(), e.hint(), e);
    }
  }

  @Nullable String expandOptional(@Nullable Word word) {
    return word == null ? null : expand(word);
  }

  @Override
  public Boolean visit(EnvInstruction env) {
    // All values of a line see the environment before it.
    List<String> keys = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (KeyValue pair : env.pairs()) {
      keys.add(expand(pair.key()));
      values.add(expand(pair.value()));
    }
    for (int i = 0; i < keys.size(); i++) {
      environment.put(keys.get(i), values.get(i));
      config.env.put(keys.get(i), values.get(i));
    }
    addHistory("ENV" + joined(keys, values));
    return false;
  }

  @Override
  public Boolean visit(LabelInstruction label) {
    List<String> keys = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (KeyValue pair : label.pairs()) {
      keys.add(expand(pair.key()));
      values.add(expand(pair.value()));
    }
    for (int i = 0; i < keys.size(); i++) {
      config.labels.put(keys.get(i), values.get(i));
    }
    addHistory("LABEL" + joined(keys, values));
    return false;
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
      if (value != null) {
        environment.put(name, value);
      }
      arguments.add(new DeclaredArg(name, value));
      history.append(' ').append(name);
      if (value != null) {
        history.append('=').append(value);
      }
    }
    addHistory(history.toString());
    return false;
  }

  private @Nullable String argument(String name, @Nullable Word defaultValue) {
    String given = request.buildArgs().get(name);
    if (given != null) {
      return given;
    }
    return defaultValue == null ? globals.get(name) : expand(defaultValue);
  }

  @Override
  public Boolean visit(WorkdirInstruction workdir) {
    config.workingDirectory =
        ContainerPaths.workingDirectory(config.workingDirectory, expand(workdir.path()));
    String path = config.workingDirectory;
    String createdBy = "WORKDIR " + path;
    if (path.equals("/")) {
      addHistory(createdBy);
    } else {
      addStep(
          new Step.MakeDirectory(workdir.span(), StepTitle.of(workdir), path, config.user),
          createdBy);
    }
    return !path.equals("/");
  }

  @Override
  public Boolean visit(UserInstruction user) {
    config.user = expand(user.user());
    addHistory("USER " + config.user);
    return false;
  }

  @Override
  public Boolean visit(VolumeInstruction volume) {
    List<String> paths = new ArrayList<>();
    for (Word word : volume.paths()) {
      String path = expand(word);
      if (path.isEmpty()) {
        throw new ResolveException("VOLUME specified can not be an empty string", word.span());
      }
      paths.add(path);
    }
    config.volumes.addAll(paths);
    addHistory("VOLUME " + GoFormat.list(paths));
    return false;
  }

  @Override
  public Boolean visit(ExposeInstruction expose) {
    List<String> ports = new ArrayList<>();
    for (Word word : expose.ports()) {
      for (String port : expansion(word).words()) {
        try {
          ports.addAll(ExposedPorts.parse(port));
        } catch (IllegalArgumentException e) {
          throw new ResolveException(String.valueOf(e.getMessage()), word.span());
        }
      }
    }
    config.exposedPorts.addAll(ports);
    addHistory("EXPOSE " + GoFormat.list(ports));
    return false;
  }

  @Override
  public Boolean visit(StopsignalInstruction stopsignal) {
    String signal = expand(stopsignal.signal());
    if (!StopSignals.isKnown(signal)) {
      throw new ResolveException(
          "invalid signal: '" + signal + "'",
          stopsignal.signal().span(),
          "a name as SIGTERM or a number from 1 to 64");
    }
    config.stopSignal = signal;
    addHistory("STOPSIGNAL " + signal);
    return false;
  }

  @Override
  public Boolean visit(CmdInstruction cmd) {
    config.command = arguments(cmd.command());
    config.argsEscaped = true;
    commandSet = true;
    addHistory("CMD " + GoFormat.quotedList(config.command));
    return false;
  }

  @Override
  public Boolean visit(EntrypointInstruction entrypoint) {
    config.entrypoint = arguments(entrypoint.command());
    if (!commandSet) {
      // Arguments for the base's program make no sense for another one.
      config.command = List.of();
    }
    addHistory("ENTRYPOINT " + GoFormat.quotedList(config.entrypoint));
    return false;
  }

  private List<String> arguments(Command command) {
    return command instanceof Command.ExecForm exec
        ? exec.arguments()
        : config.inShell(((Command.ShellForm) command).text());
  }

  @Override
  public Boolean visit(HealthcheckInstruction healthcheck) {
    List<String> test = new ArrayList<>();
    if (healthcheck.test() == null) {
      test.add("NONE");
    } else if (healthcheck.test() instanceof Command.ExecForm exec) {
      test.add("CMD");
      test.addAll(exec.arguments());
    } else {
      test.add("CMD-SHELL");
      test.add(((Command.ShellForm) healthcheck.test()).text());
    }
    Healthcheck check =
        new Healthcheck(
            test,
            orZero(healthcheck.interval()),
            orZero(healthcheck.timeout()),
            orZero(healthcheck.startPeriod()),
            orZero(healthcheck.startInterval()),
            healthcheck.retries() == null ? 0 : healthcheck.retries());
    config.healthcheck = check;
    addHistory("HEALTHCHECK " + GoFormat.healthcheck(check));
    return false;
  }

  private static Duration orZero(@Nullable Duration duration) {
    return duration == null ? Duration.ZERO : duration;
  }

  @Override
  public Boolean visit(ShellInstruction shell) {
    config.shell = shell.shell();
    addHistory("SHELL " + GoFormat.list(shell.shell()));
    return false;
  }

  @Override
  public Boolean visit(MaintainerInstruction maintainer) {
    config.author = maintainer.author();
    addHistory("MAINTAINER " + maintainer.author());
    return false;
  }

  @Override
  public Boolean visit(OnbuildInstruction onbuild) {
    config.onBuild.add(onbuild.trigger());
    return false;
  }

  @Override
  public Boolean visit(FromInstruction from) {
    throw new IllegalStateException("FROM inside a stage");
  }

  @Override
  public Boolean visit(RunInstruction run) {
    RunPlanner planner = new RunPlanner(stage, graph, config, environment, arguments, request, lex);
    planner.plan(run, this::addStep);
    return true;
  }

  @Override
  public Boolean visit(CopyInstruction copy) {
    CopyPlanner planner = new CopyPlanner(stage, graph, config.directory(), this::expand);
    planner.plan(copy, environment, this::addStep);
    return true;
  }

  @Override
  public Boolean visit(AddInstruction add) {
    CopyPlanner planner = new CopyPlanner(stage, graph, config.directory(), this::expand);
    planner.plan(add, environment, this::addStep);
    return true;
  }

  /** Takes a step and its line of history. */
  @FunctionalInterface
  interface StepSink {
    void add(Step step, String createdBy);
  }

  /** Adds the place to an error that has none. */
  static BuildException at(SourceSpan span, BuildException e) {
    return e.span() != null || e instanceof DiagnosticsException
        ? e
        : new ResolveException(String.valueOf(e.getMessage()), span, e.hint(), e);
  }
}
