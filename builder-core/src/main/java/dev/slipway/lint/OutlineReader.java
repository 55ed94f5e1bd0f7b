package dev.slipway.lint;

import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.ArgDefinition;
import dev.slipway.dockerfile.ArgInstruction;
import dev.slipway.dockerfile.CopyInstruction;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.MountFlag;
import dev.slipway.dockerfile.MountOption;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Expansion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the outline of a stage and of those that it needs. */
final class OutlineReader {
  private final Dockerfile file;
  private final LintInputs inputs;
  private final GlobalArguments globals;
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

  void read(Stage stage) {
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
        for (MountFlag mount : run.mounts()) {
          mount(mount, stage, needed);
        }
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
            given != null || defaultValue == null
                ? given
                : globals.expandOrEmpty(defaultValue.text());
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

  private void mount(MountFlag mount, Stage stage, List<Stage> needed) {
    String type = option(mount, "type", "");
    String from = option(mount, "from", "");
    if (!from.isEmpty()) {
      need(from, stage, needed);
    }
    SourceSpan span = mount.span();
    boolean required = option(mount, "required", "false").equals("true");
    if (type.equals("secret")) {
      String target = option(mount, "target", option(mount, "dst", ""));
      String fallback = target.substring(target.lastIndexOf('/') + 1);
      String id = option(mount, "id", option(mount, "source", option(mount, "src", fallback)));
      secrets.putIfAbsent(id, new Outline.Mounted(id, required, span));
    } else if (type.equals("ssh")) {
      String id = option(mount, "id", "default");
      agents.putIfAbsent(id, new Outline.Mounted(id, required, span));
    }
  }

  private static String option(MountFlag mount, String key, String fallback) {
    for (MountOption option : mount.options()) {
      if (option.key().equals(key)) {
        return option.value() == null ? "true" : option.value();
      }
    }
    return fallback;
  }
}
