package dev.slipway.resolve;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.NearestName;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.OnbuildInstruction;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Expansion;
import dev.slipway.dockerfile.shell.ExpansionException;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.oci.OciException;
import dev.slipway.oci.Platform;
import dev.slipway.plan.BuildPlan;
import dev.slipway.plan.PlannedStage;
import dev.slipway.resolve.NamedContexts.NamedContext;
import dev.slipway.resolve.StageDraft.StageCommand;
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
  static final String SCRATCH = "scratch";

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
    resolveBases(graph, wanted, request);

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
    List<StageDraft> drafts = new ArrayList<>();
    Map<String, StageDraft> byName = new HashMap<>();
    for (Stage stage : dockerfile.stages()) {
      Word written = stage.from().base();
      Expansion expansion = expand(lex, written, globals);
      String base = expansion.value();
      if (base.isEmpty()) {
        throw new ResolveException(
            "base name (" + written.text() + ") should not be blank",
            written.span(),
            mistyped(expansion, globals));
      }
      Platform platform = platform(stage, request, globals, lex);
      NamedContext replacement =
          stage.name() == null
              ? null
              : context(
                  stage.name(),
                  platform == null ? request.targetPlatform() : platform,
                  written.span());
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

  private static Expansion expand(ShellLex lex, Word word, GlobalArgs globals) {
    try {
      return lex.expand(word.text(), globals);
    } catch (ExpansionException e) {
      throw new ResolveException(String.valueOf(e.getMessage()), word.span(), e.hint(), e);
    }
  }

  private static @Nullable Platform platform(
      Stage stage, ResolveRequest request, GlobalArgs globals, ShellLex lex) {
    Word written = stage.from().platform();
    if (written == null) {
      return null;
    }
    Expansion expansion = expand(lex, written, globals);
    if (expansion.value().isEmpty()) {
      throw new ResolveException(
          "empty platform value from expression " + written.text(),
          written.span(),
          mistyped(expansion, globals));
    }
    try {
      return Platform.parse(expansion.value(), request.buildPlatform());
    } catch (OciException e) {
      throw new ResolveException(
          "failed to parse platform '" + written.text() + "': " + e.getMessage(),
          written.span(),
          mistyped(expansion, globals),
          e);
    }
  }

  /** What a variable without a value was perhaps meant to be called; null for no idea. */
  private static @Nullable String mistyped(Expansion expansion, GlobalArgs globals) {
    for (String name : expansion.unmatched()) {
      String nearest = NearestName.find(name, globals.names());
      if (nearest != null) {
        return "did you mean $" + nearest + "?";
      }
    }
    return null;
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
      if (known != null && known.equals(name.get().toLowerCase(Locale.ROOT))) {
        return stages.get(i);
      }
      names.add(known == null ? "" : known);
    }
    throw new ResolveException(
        "target stage '" + name.get() + "' could not be found",
        null,
        NearestName.hint(name.get(), names));
  }

  /** Looks up what the reachable stages start from; triggers may make more stages reachable. */
  private void resolveBases(StageGraph graph, List<StageDraft> wanted, ResolveRequest request) {
    boolean more = true;
    while (more) {
      more = false;
      for (StageDraft stage : graph.reachableFrom(wanted)) {
        if (stage.platform == null) {
          resolveBase(stage, graph, request);
        }
        if (!stage.triggersAdded) {
          stage.triggersAdded = true;
          more |= addTriggers(stage, graph);
        }
        if (stage.replacement == null) {
          for (StageCommand command : stage.commands) {
            resolveSources(stage, command.instruction(), graph, request);
          }
        }
      }
      graph.checkForCycles();
    }
  }

  private void resolveBase(StageDraft stage, StageGraph graph, ResolveRequest request) {
    Platform wanted =
        stage.writtenPlatform == null ? request.targetPlatform() : stage.writtenPlatform;
    if (stage.base != null) {
      stage.platform = stage.base.platform == null ? wanted : stage.base.platform;
      return;
    }
    stage.platform = wanted;
    if (stage.replacement != null) {
      use(stage, stage.replacement, wanted);
    } else if (stage.baseName.equals(SCRATCH)) {
      stage.platform = request.targetPlatform();
      stage.baseConfig = ConfigDraft.scratch(stage.platform);
    } else {
      use(stage, find(stage.baseName, wanted, stage.source.from().base().span(), graph), wanted);
    }
  }

  private static void use(StageDraft stage, NamedContext base, Platform platform) {
    stage.baseFiles = base;
    if (base instanceof NamedContext.Image image) {
      stage.baseConfig = image.image().image().config();
    } else {
      stage.baseConfig = ConfigDraft.scratch(platform);
    }
  }

  private NamedContext find(String name, Platform platform, SourceSpan span, StageGraph graph) {
    NamedContext context = context(name, platform, span);
    if (context != null) {
      return context;
    }
    try {
      return new NamedContext.Image(images.resolve(name, platform));
    } catch (BuildException e) {
      String near = NearestName.hint(name, graph.names());
      throw new ResolveException(
          name + ": " + e.getMessage(), span, near == null ? e.hint() : near, e);
    }
  }

  private @Nullable NamedContext context(String name, Platform platform, SourceSpan span) {
    try {
      return contexts.find(name, platform);
    } catch (BuildException e) {
      throw StagePlanner.at(span, e);
    }
  }

  private boolean addTriggers(StageDraft stage, StageGraph graph) {
    List<Instruction> instructions = new ArrayList<>();
    if (stage.base != null) {
      for (StageCommand command : stage.base.commands) {
        if (command.instruction() instanceof OnbuildInstruction onbuild) {
          Instruction trigger = onbuild.instruction();
          if (trigger == null) {
            instructions.addAll(triggersOf(stage, List.of(onbuild.trigger())));
          } else {
            instructions.add(trigger);
          }
        }
      }
    } else if (stage.baseConfig != null && !stage.baseConfig.config().onBuild().isEmpty()) {
      instructions.addAll(triggersOf(stage, stage.baseConfig.config().onBuild()));
    }
    List<StageCommand> commands = new ArrayList<>();
    boolean connected = false;
    for (Instruction instruction : instructions) {
      commands.add(new StageCommand(instruction, true));
      connected |= graph.connect(stage, instruction);
    }
    stage.commands.addAll(0, commands);
    return connected;
  }

  private List<Instruction> triggersOf(StageDraft stage, List<String> texts) {
    return triggers.parse("ONBUILD of " + stage.baseName, texts);
  }

  private void resolveSources(
      StageDraft stage, Instruction instruction, StageGraph graph, ResolveRequest request) {
    for (Word from : graph.sourcesOf(instruction)) {
      String name = from.text();
      if (name.isEmpty()
          || name.equals(SCRATCH)
          || graph.find(name, from.span()) != null
          || stage.externalSources.containsKey(name)) {
        continue;
      }
      stage.externalSources.put(name, find(name, request.targetPlatform(), from.span(), graph));
    }
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
