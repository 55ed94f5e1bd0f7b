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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the outline of a stage and of those that it needs. */
final class OutlineReader implements Rule {
  private final Dockerfile file;
  private final LintInputs inputs;
  private final GlobalArguments globals;
  private final Map<Instruction, ExpandedInstruction> expandedInstructions =
      new IdentityHashMap<>();
  private final Map<String, ArgInstruction> globalDefinitions = new HashMap<>();
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
        globalDefinitions.put(definition.name().text(), arg);
      }
    }
  }

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

  void read(Stage stage) {
    new StageWalk(file, inputs, globals).run(List.of(this), new Findings(LintConfig.DEFAULT));
    List<Stage> pending = new ArrayList<>(List.of(stage));
    while (!pending.isEmpty()) {
      Stage next = pending.remove(0);
      if (visited.add(next)) {
        readOne(next, pending);
      }
    }
  }

  private void readOne(Stage stage, List<Stage> needed) {
    Word base = stage.from().base();
    useInFrom(base);
    useInFrom(stage.from().platform());
    need(globals.expandOrEmpty(base.text()), stage, needed);
    for (Instruction instruction : stage.instructions()) {
      if (instruction instanceof ArgInstruction arg) {
        declare(arg);
      } else if (instruction instanceof CopyInstruction copy && copy.from() != null) {
        need(copy.from().text(), stage, needed);
      } else if (instruction instanceof RunInstruction run) {
        mounts(run, stage, needed);
      }
    }
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

  /** A FROM line uses arguments, and they use others in their defaults. */
  private void useInFrom(@Nullable Word word) {
    Expansion expansion = word == null ? null : globals.expand(word.text());
    if (expansion != null) {
      expansion.used().forEach(this::useGlobal);
      expansion.unmatched().forEach(this::useGlobal);
    }
  }

  private void useGlobal(String name) {
    ArgInstruction arg = globalDefinitions.get(name);
    if (arg == null || arguments.containsKey(name)) {
      return;
    }
    for (ArgDefinition definition : arg.definitions()) {
      if (definition.name().text().equals(name)) {
        put(arg, definition, globals.get(name));
        useInFrom(definition.defaultValue());
      }
    }
  }

  private void declare(ArgInstruction arg) {
    for (ArgDefinition definition : arg.definitions()) {
      String name = definition.name().text();
      Word defaultValue = definition.defaultValue();
      String given = inputs.buildArgs().get(name);
      if (given == null && defaultValue == null && globalDefinitions.containsKey(name)) {
        useGlobal(name);
      } else if (!inputs.platformArgs().containsKey(name)) {
        String value =
            given != null || defaultValue == null ? given : expanded(arg).value(defaultValue);
        put(arg, definition, value);
      }
    }
  }

  private void put(ArgInstruction arg, ArgDefinition definition, @Nullable String value) {
    String name = definition.name().text();
    arguments.putIfAbsent(
        name,
        new Outline.Argument(name, value, arg.source().commentOn(name), definition.name().span()));
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
