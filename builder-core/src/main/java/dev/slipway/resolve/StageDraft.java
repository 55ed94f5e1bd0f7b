package dev.slipway.resolve;

import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.Stage;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.plan.PlannedStage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stage on its way from the Dockerfile to the plan. */
final class StageDraft {
  final Stage source;

  /** FROM's word with its variables replaced. */
  final String baseName;

  /** The stage that FROM names, or null. */
  @Nullable StageDraft base;

  /** The stage that a named context puts in this one's place, or null. */
  @Nullable StageDraft standIn;

  /** What {@code --platform} says, or null. */
  final @Nullable Platform writtenPlatform;

  /** The named context that stands in for the whole stage, or null. */
  final NamedContexts.@Nullable NamedContext replacement;

  /** The triggers of the base, then the stage's own instructions. */
  final List<StageCommand> commands = new ArrayList<>();

  /** The stages that instructions read from. */
  final Set<StageDraft> sources = new LinkedHashSet<>();

  /** The images whose files its instructions read, by the name that {@code --from} gives. */
  final Map<String, NamedContexts.NamedContext> externalSources = new LinkedHashMap<>();

  boolean triggersAdded;

  /** What FROM's image or context turned out to be; null for a stage or scratch. */
  NamedContexts.@Nullable NamedContext baseFiles;

  /** The configuration of FROM's image; null until known, and where the base is a stage. */
  @Nullable ImageConfig baseConfig;

  @Nullable Platform platform;

  /** Null until the instructions were evaluated. */
  @Nullable PlannedStage planned;

  /** The variables after the last instruction; null until then. */
  @Nullable StageVariables variables;

  StageDraft(
      Stage source,
      String baseName,
      @Nullable StageDraft base,
      @Nullable Platform writtenPlatform,
      NamedContexts.@Nullable NamedContext replacement) {
    this.source = source;
    this.baseName = baseName;
    this.base = base;
    this.writtenPlatform = writtenPlatform;
    this.replacement = replacement;
    for (Instruction instruction : source.instructions()) {
      commands.add(new StageCommand(instruction, false));
    }
  }

  int id() {
    return source.index();
  }

  /** What counts where this stage is named: itself, or what stands in for it. */
  StageDraft actual() {
    return standIn == null ? this : standIn;
  }

  /** Its name, or {@code stage-N}. */
  String name() {
    return source.name() == null ? "stage-" + source.index() : source.name();
  }

  SourceSpan span() {
    return source.from().span();
  }

  /** An instruction of a stage. */
  record StageCommand(Instruction instruction, boolean trigger) {}
}
