package dev.slipway.lint;

import dev.slipway.dockerfile.AddInstruction;
import dev.slipway.dockerfile.ArgDefinition;
import dev.slipway.dockerfile.ArgInstruction;
import dev.slipway.dockerfile.CopyInstruction;
import dev.slipway.dockerfile.CopyOptions;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.EnvInstruction;
import dev.slipway.dockerfile.FromInstruction;
import dev.slipway.dockerfile.Heredoc;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.KeyValue;
import dev.slipway.dockerfile.LabelInstruction;
import dev.slipway.dockerfile.MountFlag;
import dev.slipway.dockerfile.MountOption;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.StopsignalInstruction;
import dev.slipway.dockerfile.UserInstruction;
import dev.slipway.dockerfile.VolumeInstruction;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.WorkdirInstruction;
import dev.slipway.dockerfile.shell.Expansion;
import dev.slipway.dockerfile.shell.ExpansionException;
import dev.slipway.dockerfile.shell.ShellLex;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the stages in their order, as a build does, and shows each instruction to the rules.
 */
final class StageWalk {
  private final Dockerfile file;
  private final LintInputs inputs;
  private final GlobalArguments globals;
  private final ShellLex lex;
  private final Map<String, StageState> byName = new LinkedHashMap<>();

  StageWalk(Dockerfile file, LintInputs inputs, GlobalArguments globals) {
    this.file = file;
    this.inputs = inputs;
    this.globals = globals;
    this.lex = new ShellLex(file.escape());
  }

  void run(List<Rule> rules, Findings findings) {
    Set<Integer> wanted = inputs.stages();
    for (Stage stage : file.stages()) {
      StageState state = start(stage);
      boolean shown = wanted == null || wanted.contains(stage.index());
      if (shown) {
        show(start(stage.from()), state, rules, findings);
      }
      for (Instruction instruction : stage.instructions()) {
        ExpandedInstruction expanded = new ExpandedInstruction(instruction, inputs, lex);
        try {
          expand(expanded, instruction, state);
        } catch (ExpansionException e) {
          // The build will say so; the rules see the words that came before.
        }
        if (shown) {
          show(expanded, state, rules, findings);
        }
        apply(expanded, instruction, state);
        state.pass(instruction);
      }
      if (stage.name() != null) {
        byName.put(stage.name(), state);
      }
    }
  }

  private ExpandedInstruction start(FromInstruction from) {
    ExpandedInstruction expanded = new ExpandedInstruction(from, inputs, lex);
    Expansion base = globals.expand(from.base().text());
    if (base != null) {
      expanded.know(from.base(), base);
    }
    return expanded;
  }

  private StageState start(Stage stage) {
    String base = globals.expandOrEmpty(stage.from().base().text());
    StageState parent = byName.get(base.toLowerCase(Locale.ROOT));
    if (parent != null) {
      return StageState.on(stage, parent);
    }
    return StageState.on(
        stage,
        inputs.bases().get(stage.index()),
        base.equals("scratch"),
        inputs.platformArgs().get("TARGETOS"));
  }

  private static void show(
      ExpandedInstruction expanded, StageState state, List<Rule> rules, Findings findings) {
    for (Rule rule : rules) {
      rule.check(expanded, state, findings);
    }
  }

  private void expand(ExpandedInstruction expanded, Instruction instruction, StageState state) {
    if (instruction instanceof EnvInstruction env) {
      expandPairs(expanded, env.pairs(), state);
    } else if (instruction instanceof LabelInstruction label) {
      expandPairs(expanded, label.pairs(), state);
    } else if (instruction instanceof ArgInstruction arg) {
      expandDefaults(expanded, arg, state);
    } else if (instruction instanceof CopyInstruction copy) {
      expandCopy(expanded, copy.options(), copy.sources(), copy.destination(), state);
      expandDocuments(expanded, copy.heredocs(), state);
    } else if (instruction instanceof AddInstruction add) {
      expand(expanded, add.checksum(), state);
      expandCopy(expanded, add.options(), add.sources(), add.destination(), state);
      expandDocuments(expanded, add.heredocs(), state);
    } else if (instruction instanceof RunInstruction run) {
      expandMounts(expanded, run, state);
    } else if (instruction instanceof UserInstruction user) {
      expand(expanded, user.user(), state);
    } else if (instruction instanceof WorkdirInstruction workdir) {
      expand(expanded, workdir.path(), state);
    } else if (instruction instanceof StopsignalInstruction stopsignal) {
      expand(expanded, stopsignal.signal(), state);
    } else if (instruction instanceof VolumeInstruction volume) {
      for (Word path : volume.paths()) {
        expand(expanded, path, state);
      }
    }
  }

  private void expand(ExpandedInstruction expanded, @Nullable Word word, StageState state) {
    if (word != null) {
      expanded.add(word, lex.expand(word.text(), state.environment()::get));
    }
  }

  private void expandPairs(ExpandedInstruction expanded, List<KeyValue> pairs, StageState state) {
    for (KeyValue pair : pairs) {
      expand(expanded, pair.key(), state);
      expand(expanded, pair.value(), state);
    }
  }

  private void expandCopy(
      ExpandedInstruction expanded,
      CopyOptions options,
      List<Word> sources,
      Word destination,
      StageState state) {
    expand(expanded, options.chown(), state);
    expand(expanded, options.chmod(), state);
    expand(expanded, destination, state);
    for (Word source : sources) {
      expand(expanded, source, state);
    }
  }

  private static void expandDocuments(
      ExpandedInstruction expanded, List<Heredoc> heredocs, StageState state) {
    for (Heredoc heredoc : heredocs) {
      if (heredoc.expand()) {
        expanded.add(ShellLex.forDocuments().expand(heredoc.content(), state.environment()::get));
      }
    }
  }

  private void expandMounts(ExpandedInstruction expanded, RunInstruction run, StageState state) {
    for (MountFlag mount : run.mounts()) {
      for (MountOption option : mount.options()) {
        if (option.value() != null) {
          expanded.add(option, lex.expand(option.value(), state.environment()::get));
        }
      }
    }
  }

  /**
   * Each with those before it in the same line. A default that a build argument overrides is not
   * looked at.
   */
  private void expandDefaults(ExpandedInstruction expanded, ArgInstruction arg, StageState state) {
    Map<String, String> known = new HashMap<>(state.environment());
    Set<String> declared = new HashSet<>();
    for (ArgDefinition definition : arg.definitions()) {
      String name = definition.name().text();
      Word value = definition.defaultValue();
      if (value != null && !inputs.buildArgs().containsKey(name)) {
        Expansion expansion = lex.expand(value.text(), known::get);
        Set<String> unmatched = new LinkedHashSet<>(expansion.unmatched());
        unmatched.removeAll(declared);
        expanded.add(
            value,
            new Expansion(expansion.value(), expansion.words(), expansion.used(), unmatched));
      }
      String valued = valueOf(expanded, definition);
      if (valued != null) {
        known.put(name, valued);
      }
      declared.add(name);
    }
  }

  private void apply(ExpandedInstruction expanded, Instruction instruction, StageState state) {
    if (instruction instanceof EnvInstruction env) {
      for (KeyValue pair : env.pairs()) {
        state.set(expanded.value(pair.key()), expanded.value(pair.value()));
      }
    } else if (instruction instanceof ArgInstruction arg) {
      for (ArgDefinition definition : arg.definitions()) {
        declare(expanded, definition, state);
      }
    }
  }

  private void declare(ExpandedInstruction expanded, ArgDefinition definition, StageState state) {
    String name = definition.name().text();
    String value = valueOf(expanded, definition);
    if (value != null) {
      state.environment().put(name, value);
    }
    state.arguments().add(name);
  }

  private @Nullable String valueOf(ExpandedInstruction expanded, ArgDefinition definition) {
    String given = inputs.buildArgs().get(definition.name().text());
    if (given != null) {
      return given;
    }
    Word defaultValue = definition.defaultValue();
    return defaultValue != null
        ? expanded.value(defaultValue)
        : globals.get(definition.name().text());
  }
}
