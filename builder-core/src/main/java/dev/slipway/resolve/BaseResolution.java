package dev.slipway.resolve;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.NearestName;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.OnbuildInstruction;
import dev.slipway.dockerfile.Word;
import dev.slipway.oci.Platform;
import dev.slipway.resolve.NamedContexts.NamedContext;
import dev.slipway.resolve.StageDraft.StageCommand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the images and named contexts that stages start from and read, and adds their triggers. */
final class BaseResolution {
  static final String SCRATCH = "scratch";

  private final BaseImages images;
  private final NamedContexts contexts;
  private final TriggerParser triggers;
  private final StageGraph graph;
  private final ResolveRequest request;

  BaseResolution(
      BaseImages images,
      NamedContexts contexts,
      TriggerParser triggers,
      StageGraph graph,
      ResolveRequest request) {
    this.images = images;
    this.contexts = contexts;
    this.triggers = triggers;
    this.graph = graph;
    this.request = request;
  }

  /** Looks up what stages need that are reachable; triggers may make more of them reachable. */
  void resolve(List<StageDraft> wanted) {
    boolean more = true;
    while (more) {
      more = false;
      for (StageDraft stage : graph.reachableFrom(wanted)) {
        if (stage.platform == null) {
          resolveBase(stage);
        }
        if (!stage.triggersAdded) {
          stage.triggersAdded = true;
          more |= addTriggers(stage);
        }
        if (stage.replacement == null) {
          for (StageCommand command : stage.commands) {
            resolveSources(stage, command.instruction());
          }
        }
      }
      graph.checkForCycles();
    }
  }

  private void resolveBase(StageDraft stage) {
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
      use(stage, find(stage.baseName, wanted, stage.source.from().base().span()), wanted);
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

  private NamedContext find(String name, Platform platform, SourceSpan span) {
    NamedContext context = context(contexts, name, platform, span);
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

  /** The named context of that name, or null. */
  static @Nullable NamedContext context(
      NamedContexts contexts, String name, Platform platform, SourceSpan span) {
    try {
      return contexts.find(name, platform);
    } catch (BuildException e) {
      throw StagePlanner.at(span, e);
    }
  }

  private boolean addTriggers(StageDraft stage) {
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

  private void resolveSources(StageDraft stage, Instruction instruction) {
    for (Word from : graph.sourcesOf(instruction)) {
      String name = from.text();
      if (name.isEmpty()
          || name.equals(SCRATCH)
          || graph.find(name, from.span()) != null
          || stage.externalSources.containsKey(name)) {
        continue;
      }
      stage.externalSources.put(name, find(name, request.targetPlatform(), from.span()));
    }
  }
}
