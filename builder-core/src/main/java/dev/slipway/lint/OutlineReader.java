package dev.slipway.lint;

import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.dockerfile.ArgDefinition;
import dev.slipway.dockerfile.ArgInstruction;
import dev.slipway.dockerfile.CopyInstruction;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.MountFlag;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.RunMount;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Expansion;
import dev.slipway.dockerfile.shell.ShellLex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the outline of a stage and of those that it needs. A stage takes an argument that its
 * FROM line uses, or that it declares; what counts is the last declaration, or the global one where
 * the stage only asks for its value, and then also what that one's default uses.
 */
final class OutlineReader implements Rule {
  private final Dockerfile file;
  private final LintInputs inputs;
  private final GlobalArguments globals;
  private final Map<String, Declared> globalArguments = new HashMap<>();

  private final Map<Instruction, ExpandedInstruction> expandedInstructions =
      new IdentityHashMap<>();
  private final Set<Stage> visited = new HashSet<>();
  private final Map<String, Outline.Argument> arguments = new LinkedHashMap<>();
  private final Map<String, Outline.Mounted> secrets = new LinkedHashMap<>();
  private final Map<String, Outline.Mounted> agents = new LinkedHashMap<>();

  OutlineReader(Dockerfile file, LintInputs inputs) {
    this.file = file;
    this.inputs = inputs;
    this.globals = GlobalArguments.of(file, inputs);
    for (ArgInstruction arg : file.globalArgs()) {
      for (ArgDefinition definition : arg.definitions()) {
        String name = definition.name().text();
        boolean valued = definition.defaultValue() != null || inputs.buildArgs().containsKey(name);
        globalArguments.put(
            name,
            new Declared(
                argument(arg, definition, valued ? globals.get(name) : null),
                inputs.buildArgs().containsKey(name)
                    ? Set.of()
                    : usedBy(definition.defaultValue())));
      }
    }
  }

  /**
   * @param needs the arguments that its default uses
   */
  private record Declared(Outline.Argument argument, Set<String> needs) {}

  Outline outline(Stage stage) {
    List<Outline.Argument> sorted = new ArrayList<>(arguments.values());
    sorted.sort((a, b) -> Integer.compare(a.span().start(), b.span().start()));
    return new Outline(
        stage.name() == null ? "" : stage.name(),
        stage.description(),
        stage.from().source().keywordSpan(),
        sorted,
        inOrder(secrets),
        inOrder(agents));
  }

  private static List<Outline.Mounted> inOrder(Map<String, Outline.Mounted> mounted) {
    List<Outline.Mounted> sorted = new ArrayList<>(mounted.values());
    sorted.sort((a, b) -> Integer.compare(a.span().start(), b.span().start()));
    return sorted;
  }

  /** Finds nothing: it keeps what the words of {@code expanded} are at its place. */
  @Override
  public void check(ExpandedInstruction expanded, StageState stage, Findings findings) {
    expandedInstructions.put(expanded.instruction(), expanded);
  }

  /** A stage, then the one that it starts from, then those that it takes files from. */
  void read(Stage stage) {
    new StageWalk(file, inputs, globals).run(List.of(this), new Findings(LintConfig.DEFAULT));
    List<Stage> pending = new ArrayList<>(List.of(stage));
    while (!pending.isEmpty()) {
      Stage next = pending.remove(0);
      if (visited.add(next)) {
        List<Stage> needed = new ArrayList<>();
        readOne(next, needed);
        pending.addAll(0, needed);
      }
    }
  }

  private void readOne(Stage stage, List<Stage> needed) {
    Map<String, Declared> known = new HashMap<>(globalArguments);
    Set<String> used = new LinkedHashSet<>();
    Word base = stage.from().base();
    used.addAll(usedBy(base));
    used.addAll(usedBy(stage.from().platform()));
    need(globals.expandOrEmpty(base.text()), stage, needed);
    for (Instruction instruction : stage.instructions()) {
      if (instruction instanceof ArgInstruction arg) {
        for (ArgDefinition definition : arg.definitions()) {
          declare(arg, definition, known);
          used.add(definition.name().text());
        }
      } else if (instruction instanceof CopyInstruction copy && copy.from() != null) {
        need(copy.from().text(), stage, needed);
      } else if (instruction instanceof RunInstruction run) {
        mounts(run, stage, needed);
      }
    }
    take(used, known);
  }

  private void declare(ArgInstruction arg, ArgDefinition definition, Map<String, Declared> known) {
    String name = definition.name().text();
    String given = inputs.buildArgs().get(name);
    boolean valued = given != null || definition.defaultValue() != null;
    if (valued || globals.get(name) == null) {
      Word defaultValue = definition.defaultValue();
      String value =
          given != null || defaultValue == null ? given : expanded(arg).value(defaultValue);
      known.put(name, new Declared(argument(arg, definition, value), Set.of()));
    }
  }

  private static Outline.Argument argument(
      ArgInstruction arg, ArgDefinition definition, @Nullable String value) {
    String name = definition.name().text();
    return new Outline.Argument(
        name, value, arg.source().commentOn(name), definition.name().span());
  }

  private void take(Set<String> used, Map<String, Declared> known) {
    List<String> pending = new ArrayList<>(used);
    Set<String> seen = new HashSet<>(used);
    while (!pending.isEmpty()) {
      String name = pending.remove(pending.size() - 1);
      Declared declared = known.get(name);
      if (declared != null) {
        arguments.putIfAbsent(name, declared.argument());
        for (String need : declared.needs()) {
          if (seen.add(need)) {
            pending.add(need);
          }
        }
      }
    }
  }

  /** The variables that a word uses and that have a value. */
  private Set<String> usedBy(@Nullable Word word) {
    Expansion expansion = word == null ? null : globals.expand(word.text());
    return expansion == null ? Set.of() : expansion.used();
  }

  /** Notes an earlier stage by its name or index. */
  private void need(String name, Stage from, List<Stage> needed) {
    for (int i = from.index() - 1; i >= 0; i--) {
      Stage stage = file.stages().get(i);
      if (name.toLowerCase(Locale.ROOT).equals(stage.name()) || name.equals(String.valueOf(i))) {
        needed.add(stage);
        return;
      }
    }
  }

  private ExpandedInstruction expanded(Instruction instruction) {
    ExpandedInstruction expanded = expandedInstructions.get(instruction);
    return expanded != null
        ? expanded
        : new ExpandedInstruction(instruction, inputs, new ShellLex(file.escape()));
  }

  private void mounts(RunInstruction run, Stage stage, List<Stage> needed) {
    ExpandedInstruction expanded = expanded(run);
    for (MountFlag flag : run.mounts()) {
      try {
        mount(RunMount.of(expanded.options(flag), flag.span()), stage, needed);
      } catch (DiagnosticsException e) {
        // The build will say so.
      }
    }
  }

  private void mount(RunMount mount, Stage stage, List<Stage> needed) {
    if (mount.from() != null) {
      need(mount.from(), stage, needed);
    }
    String id = mount.requestedId();
    Outline.Mounted mounted = new Outline.Mounted(id, mount.required(), mount.span());
    if (mount.type() == RunMount.Type.SECRET) {
      secrets.putIfAbsent(id, mounted);
    } else if (mount.type() == RunMount.Type.SSH) {
      agents.putIfAbsent(id, mounted);
    }
  }
}
