package dev.slipway.resolve;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.NearestName;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.oci.Platform;
import dev.slipway.plan.BuildPlan;
import dev.slipway.plan.PlannedStage;
import dev.slipway.resolve.NamedContexts.NamedContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plan of a Dockerfile. Stages that the target does not need are looked at only as far as
 * BuildKit does: their names and sources must make sense, their images need not exist.
 */
public final class Resolver {
  private final BaseImages images;
  private final NamedContexts contexts;
  private final TriggerParser triggers;

  public Resolver(BaseImages images, NamedContexts contexts, TriggerParser triggers) {
    this.images = images;
    this.contexts = contexts;
    this.triggers = triggers;
  }

  /**
   * @throws BuildException if the target is unknown, a base image cannot be had, or an instruction
   *     makes no sense once its variables are replaced; the span tells where
   */
  public BuildPlan resolve(Dockerfile dockerfile, ResolveRequest request) {
    return resolve(dockerfile, request, false);
  }

  /**
   * As {@link #resolve(Dockerfile, ResolveRequest)}, with all stages, whether the target needs them
   * or not: for who looks at a Dockerfile and does not build it.
   */
  public BuildPlan resolveAll(Dockerfile dockerfile, ResolveRequest request) {
    return resolve(dockerfile, request, true);
  }

  private BuildPlan resolve(Dockerfile dockerfile, ResolveRequest request, boolean all) {
    ShellLex lex = new ShellLex(dockerfile.escape());
    GlobalArgs globals = GlobalArgs.of(dockerfile, request, lex);
    StageGraph graph =
        new StageGraph(
            draftStages(dockerfile, request, globals, lex),
            lex,
            contexts,
            request.targetPlatform());
    for (StageDraft stage : graph.stages()) {
      for (Instruction instruction : stage.source.instructions()) {
        graph.connect(stage, instruction);
      }
    }
    graph.checkForCycles();
    StageDraft target = graph.stages().get(target(dockerfile, request.target()).index()).actual();
    List<StageDraft> wanted = all ? graph.stages() : List.of(target);
    new BaseResolution(images, contexts, triggers, graph, request).resolve(wanted);

    List<StageDraft> reachable = graph.reachableFrom(wanted);
    List<PlannedStage> planned = new ArrayList<>();
    for (StageDraft stage : reachable) {
      boolean only = graph.stages().size() == 1;
      planned.add(new StagePlanner(stage, graph, globals, lex, request).plan(only));
    }
    return new BuildPlan(request.targetPlatform(), finished(planned, target, request));
  }

  /** The value that FROM lines see of an argument; null where it has none. */
  public static @Nullable String globalArgument(
      Dockerfile dockerfile, ResolveRequest request, String name) {
    String given = request.buildArgs().get(name);
    return given != null || dockerfile.globalArgs().isEmpty()
        ? given
        : GlobalArgs.of(dockerfile, request, new ShellLex(dockerfile.escape())).get(name);
  }

  private List<StageDraft> draftStages(
      Dockerfile dockerfile, ResolveRequest request, GlobalArgs globals, ShellLex lex) {
    FromVariables from = new FromVariables(globals, lex);
    List<StageDraft> drafts = new ArrayList<>();
    Map<String, StageDraft> byName = new HashMap<>();
    for (Stage stage : dockerfile.stages()) {
      String base = from.base(stage.from());
      Platform platform = from.platform(stage.from(), request.buildPlatform());
      NamedContext replacement =
          stage.name() == null
              ? null
              : BaseResolution.context(
                  contexts,
                  stage.name(),
                  platform == null ? request.targetPlatform() : platform,
                  stage.from().base().span());
      StageDraft draft =
          new StageDraft(
              stage, base, replacement == null ? byName.get(base) : null, platform, replacement);
      drafts.add(draft);
      if (stage.name() != null) {
        byName.put(stage.name(), draft);
      }
    }
    return drafts;
  }

  /**
   * The stage of that name, whatever its case; the last where none is asked for.
   *
   * @throws ResolveException if there is none
   */
  public static Stage target(Dockerfile dockerfile, Optional<String> name) {
    List<Stage> stages = dockerfile.stages();
    if (name.isEmpty()) {
      return stages.get(stages.size() - 1);
    }
    List<String> names = new ArrayList<>();
    for (int i = stages.size() - 1; i >= 0; i--) {
      String known = stages.get(i).name();
      if (known == null) {
        continue;
      }
      if (known.equals(name.get().toLowerCase(Locale.ROOT))) {
        return stages.get(i);
      }
      names.add(known);
    }
    throw new ResolveException(
        "target stage '" + name.get() + "' could not be found", null, stageHint(name.get(), names));
  }

  private static @Nullable String stageHint(String name, List<String> known) {
    String near = NearestName.hint(name, known);
    if (near != null) {
      return near;
    }
    return known.isEmpty()
        ? "no stage has a name: FROM image AS " + name
        : "its stages are " + String.join(", ", known);
  }

  /** The target gets the labels of the request and, where it was asked for, its platform. */
  private static List<PlannedStage> finished(
      List<PlannedStage> stages, StageDraft target, ResolveRequest request) {
    List<PlannedStage> ordered = new ArrayList<>();
    PlannedStage last = null;
    for (PlannedStage stage : stages) {
      if (stage.id() == target.id()) {
        last = TargetConfig.finish(stage, request);
      } else {
        ordered.add(stage);
      }
    }
    if (last == null) {
      throw new IllegalStateException("the target was not planned");
    }
    ordered.add(last);
    return ordered;
  }
}
