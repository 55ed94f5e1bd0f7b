package dev.slipway.resolve;

import dev.slipway.diagnostic.NearestName;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.CopyInstruction;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.MountFlag;
import dev.slipway.dockerfile.MountOption;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.dockerfile.shell.Variables;
import dev.slipway.oci.Platform;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which stage needs which. */
final class StageGraph {
  private final List<StageDraft> stages;
  private final Map<String, StageDraft> byName = new HashMap<>();
  private final ShellLex lex;
  private final NamedContexts contexts;
  private final Platform platform;

  /**
   * @param platform what the image is for
   */
  StageGraph(List<StageDraft> stages, ShellLex lex, NamedContexts contexts, Platform platform) {
    this.stages = stages;
    this.lex = lex;
    this.contexts = contexts;
    this.platform = platform;
    for (StageDraft stage : stages) {
      if (stage.source.name() != null) {
        byName.put(stage.source.name(), stage);
      }
    }
    linkTargets();
  }

  /** Puts the stages that named contexts are where those contexts are named. */
  private void linkTargets() {
    for (StageDraft stage : stages) {
      String name = stage.source.name();
      stage.standIn = name == null ? null : contextStage(name, stage.span());
      if (stage.base == null && stage.replacement == null) {
        stage.base = contextStage(stage.baseName, stage.source.from().base().span());
      }
    }
    for (StageDraft stage : stages) {
      Set<StageDraft> seen = new HashSet<>();
      for (StageDraft next = stage.standIn; next != null; next = next.standIn) {
        if (!seen.add(next)) {
          throw circular(stage);
        }
        stage.standIn = next;
      }
    }
    for (StageDraft stage : stages) {
      stage.base = stage.base == null ? null : stage.base.actual();
    }
  }

  /** The stage that the context {@code name} is, or null where it is something else. */
  private @Nullable StageDraft contextStage(String name, SourceSpan span) {
    String target = contexts.stage(name, platform);
    if (target == null) {
      return null;
    }
    StageDraft stage = named(target);
    if (stage == null) {
      throw new ResolveException(
          "build context '" + name + "' is stage '" + target + "', which there is not",
          span,
          NearestName.hint(target, names()));
    }
    return stage;
  }

  List<StageDraft> stages() {
    return stages;
  }

  /** The last stage of that name, whatever its case. */
  @Nullable StageDraft named(String name) {
    return byName.get(name.toLowerCase(Locale.ROOT));
  }

  Iterable<String> names() {
    return byName.keySet();
  }

  /**
   * The stage that {@code --from} or a mount's {@code from} means, or null for an image or context.
   *
   * @throws ResolveException if it is an index that no stage has
   */
  @Nullable StageDraft find(String from, SourceSpan span) {
    StageDraft written = written(from, span);
    StageDraft stage = written == null ? contextStage(from, span) : written;
    return stage == null ? null : stage.actual();
  }

  /** As {@link #find}, but for what named contexts change. */
  @Nullable StageDraft written(String from, SourceSpan span) {
    StageDraft stage = named(from);
    if (stage != null || from.isEmpty() || !from.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return stage;
    }
    if (from.length() > 6 || Integer.parseInt(from) >= stages.size()) {
      throw new ResolveException(
          "invalid stage index '" + from + "', the Dockerfile has " + stages.size() + " stages",
          span,
          "stages count from 0");
    }
    return stages.get(Integer.parseInt(from));
  }

  /** Notes which stages {@code instruction} of {@code stage} reads; true if one of them is new. */
  boolean connect(StageDraft stage, Instruction instruction) {
    boolean added = false;
    for (Word from : sourcesOf(instruction)) {
      StageDraft source = find(from.text(), from.span());
      if (source != null) {
        added |= stage.sources.add(source);
      }
    }
    return added;
  }

  /** What COPY's {@code --from} and the mounts of RUN name, variables refused. */
  List<Word> sourcesOf(Instruction instruction) {
    if (instruction instanceof CopyInstruction copy && copy.from() != null) {
      String written = copy.from().text();
      if (!lex.expand(written, Variables.NONE).value().equals(written)) {
        throw new ResolveException(
            "variable expansion is not supported for --from, define a new stage with FROM using ARG"
                + " from global scope as a workaround",
            copy.from().span());
      }
      return List.of(copy.from());
    }
    List<Word> sources = new ArrayList<>();
    if (instruction instanceof RunInstruction run) {
      for (MountFlag mount : run.mounts()) {
        for (MountOption option : mount.options()) {
          if (option.key().equals("from") && option.value() != null) {
            sources.add(new Word(option.value(), option.span()));
          }
        }
      }
    }
    return sources;
  }

  /**
   * @throws ResolveException if a stage needs itself
   */
  void checkForCycles() {
    afterTheirNeeds(stages);
  }

  /**
   * {@code wanted} in their order, and what they need; each after those that it needs. Without
   * recursion: a chain may be as long as a file.
   */
  private static Set<StageDraft> afterTheirNeeds(List<StageDraft> wanted) {
    Set<StageDraft> done = new LinkedHashSet<>();
    Set<StageDraft> entered = new HashSet<>();
    Deque<StageDraft> path = new ArrayDeque<>();
    for (StageDraft each : wanted) {
      path.push(each);
      while (!path.isEmpty()) {
        StageDraft stage = path.peek();
        if (done.contains(stage) || !entered.add(stage)) {
          path.pop();
          done.add(stage);
          continue;
        }
        for (StageDraft needed : needs(stage)) {
          if (!done.contains(needed)) {
            if (entered.contains(needed)) {
              throw circular(needed);
            }
            path.push(needed);
          }
        }
      }
    }
    return done;
  }

  private static ResolveException circular(StageDraft stage) {
    return new ResolveException(
        "circular dependency detected on stage: " + stage.name(), stage.span());
  }

  /**
   * The stages that {@code wanted} need and themselves: in the order of the file, but each after
   * those that it needs.
   */
  List<StageDraft> reachableFrom(List<StageDraft> wanted) {
    Set<StageDraft> reached = new HashSet<>();
    List<StageDraft> open = new ArrayList<>(wanted);
    while (!open.isEmpty()) {
      StageDraft stage = open.remove(open.size() - 1);
      if (reached.add(stage)) {
        open.addAll(needs(stage));
      }
    }
    List<StageDraft> sorted = new ArrayList<>(reached);
    sorted.sort((one, other) -> Integer.compare(one.id(), other.id()));
    return List.copyOf(afterTheirNeeds(sorted));
  }

  private static List<StageDraft> needs(StageDraft stage) {
    List<StageDraft> needs = new ArrayList<>();
    if (stage.replacement == null && stage.standIn == null) {
      if (stage.base != null) {
        needs.add(stage.base);
      }
      needs.addAll(stage.sources);
    }
    return needs;
  }
}
