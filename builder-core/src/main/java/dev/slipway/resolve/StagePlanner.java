package dev.slipway.resolve;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.AddInstruction;
import dev.slipway.dockerfile.CopyInstruction;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.WorkdirInstruction;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.plan.Base;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.Step;
import dev.slipway.resolve.NamedContexts.NamedContext;
import dev.slipway.resolve.StageDraft.StageCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Goes through the instructions of a stage: what they change of the configuration, what they do.
 */
final class StagePlanner {
  private final StageDraft stage;
  private final StageGraph graph;
  private final ShellLex lex;
  private final ResolveRequest request;
  private final ConfigDraft config;
  private final StageVariables variables;
  private final ConfigPlanner configPlanner;
  private final List<Step> steps = new ArrayList<>();

  StagePlanner(
      StageDraft stage,
      StageGraph graph,
      GlobalArgs globals,
      ShellLex lex,
      ResolveRequest request) {
    this.stage = stage;
    this.graph = graph;
    this.lex = lex;
    this.request = request;
    this.config = new ConfigDraft(baseConfig(stage));
    this.variables =
        stage.base == null
            ? StageVariables.of(lex, config.env)
            : Objects.requireNonNull(stage.base.variables, "base planned first")
                .inherited(config.env);
    this.configPlanner = new ConfigPlanner(config, variables, globals, request);
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
        plan(command.instruction());
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
    stage.variables = variables;
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

  private void plan(Instruction instruction) {
    if (instruction.accept(configPlanner)) {
      return;
    }
    if (instruction instanceof WorkdirInstruction workdir) {
      changeDirectory(workdir);
    } else if (instruction instanceof RunInstruction run) {
      new RunPlanner(stage, graph, config, variables, request, lex).plan(run, this::addStep);
    } else if (instruction instanceof CopyInstruction copy) {
      copyPlanner().plan(copy, this::addStep);
    } else if (instruction instanceof AddInstruction add) {
      copyPlanner().plan(add, this::addStep);
    } else {
      throw new IllegalStateException("neither configuration nor step: " + instruction.keyword());
    }
  }

  private CopyPlanner copyPlanner() {
    return new CopyPlanner(stage, graph, config, variables);
  }

  private void changeDirectory(WorkdirInstruction workdir) {
    String written = config.layerPath(variables.expand(workdir.path()), workdir.span());
    config.workingDirectory = ContainerPaths.workingDirectory(config.workingDirectory, written);
    String path = config.workingDirectory;
    String createdBy = "WORKDIR " + path;
    if (path.equals("/")) {
      config.addHistory(createdBy, false);
    } else {
      addStep(
          new Step.MakeDirectory(workdir.span(), StepTitle.of(workdir), path, config.user),
          createdBy);
    }
  }

  private void addStep(Step step, String createdBy) {
    steps.add(step);
    config.addHistory(createdBy, true);
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
