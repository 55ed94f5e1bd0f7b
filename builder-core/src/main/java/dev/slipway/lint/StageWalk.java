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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through the stages in their order, as a build does, and shows each step to the rules. */
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
        Step step = new Step(instruction, inputs, lex);
        try {
          expand(step, instruction, state);
        } catch (ExpansionException e) {
          // The build will say so; the rules see the words that came before.
        }
        if (shown) {
          show(step, state, rules, findings);
        }
        apply(step, instruction, state);
        state.pass(instruction);
      }
      if (stage.name() != null) {
        byName.put(stage.name(), state);
      }
    }
  }

  private Step start(FromInstruction from) {
    Step step = new Step(from, inputs, lex);
    Expansion base = globals.expand(from.base().text());
    if (base != null) {
      step.know(from.base(), base);
    }
    return step;
  }

  private StageState start(Stage stage) {
    String base = globals.expandOrEmpty(stage.from().base().text());
    StageState parent = byName.get(base);
    return parent != null
        ? StageState.on(stage, parent)
        : StageState.on(stage, inputs.bases().get(stage.index()), base.equals("scratch"));
  }

  private static void show(Step step, StageState state, List<Rule> rules, Findings findings) {
    for (Rule rule : rules) {
      rule.check(step, state, findings);
    }
  }

  private void expand(Step step, Instruction instruction, StageState state) {
    if (instruction instanceof EnvInstruction env) {
      expandPairs(step, env.pairs(), state);
    } else if (instruction instanceof LabelInstruction label) {
      expandPairs(step, label.pairs(), state);
    } else if (instruction instanceof ArgInstruction arg) {
      expandDefaults(step, arg, state);
    } else if (instruction instanceof CopyInstruction copy) {
      expandCopy(step, copy.options(), copy.sources(), copy.destination(), state);
      expandDocuments(step, copy.heredocs(), state);
    } else if (instruction instanceof AddInstruction add) {
      expand(step, add.checksum(), state);
      expandCopy(step, add.options(), add.sources(), add.destination(), state);
      expandDocuments(step, add.heredocs(), state);
    } else if (instruction instanceof RunInstruction run) {
      expandMounts(step, run, state);
    } else if (instruction instanceof UserInstruction user) {
      expand(step, user.user(), state);
    } else if (instruction instanceof WorkdirInstruction workdir) {
      expand(step, workdir.path(), state);
    } else if (instruction instanceof StopsignalInstruction stopsignal) {
      expand(step, stopsignal.signal(), state);
    } else if (instruction instanceof VolumeInstruction volume) {
      for (Word path : volume.paths()) {
        expand(step, path, state);
      }
    }
  }

  private void expand(Step step, @Nullable Word word, StageState state) {
    if (word != null) {
      step.add(word, lex.expand(word.text(), state.environment()::get));
    }
  }

  private void expandPairs(Step step, List<KeyValue> pairs, StageState state) {
    for (KeyValue pair : pairs) {
      expand(step, pair.key(), state);
      expand(step, pair.value(), state);
    }
  }

  private void expandCopy(
      Step step, CopyOptions options, List<Word> sources, Word destination, StageState state) {
    expand(step, options.chown(), state);
    expand(step, options.chmod(), state);
    expand(step, destination, state);
    for (Word source : sources) {
      expand(step, source, state);
    }
  }

  private static void expandDocuments(Step step, List<Heredoc> heredocs, StageState state) {
    for (Heredoc heredoc : heredocs) {
      if (heredoc.expand()) {
        step.add(ShellLex.forDocuments().expand(heredoc.content(), state.environment()::get));
      }
    }
  }

  private void expandMounts(Step step, RunInstruction run, StageState state) {
    for (MountFlag mount : run.mounts()) {
      for (MountOption option : mount.options()) {
        if (option.value() != null) {
          step.add(lex.expand(option.value(), state.environment()::get));
        }
      }
    }
  }

  /** A default that a build argument overrides is not looked at. */
  private void expandDefaults(Step step, ArgInstruction arg, StageState state) {
    for (ArgDefinition definition : arg.definitions()) {
      if (!inputs.buildArgs().containsKey(definition.name().text())) {
        expand(step, definition.defaultValue(), state);
      }
    }
  }

  private void apply(Step step, Instruction instruction, StageState state) {
    if (instruction instanceof EnvInstruction env) {
      for (KeyValue pair : env.pairs()) {
        state.environment().put(step.value(pair.key()), step.value(pair.value()));
      }
    } else if (instruction instanceof ArgInstruction arg) {
      for (ArgDefinition definition : arg.definitions()) {
        declare(step, definition, state);
      }
    }
  }

  private void declare(Step step, ArgDefinition definition, StageState state) {
    String name = definition.name().text();
    String value = inputs.buildArgs().get(name);
    Word defaultValue = definition.defaultValue();
    if (value == null) {
      value = defaultValue != null ? step.value(defaultValue) : globals.get(name);
    }
    if (value != null) {
      state.environment().put(name, value);
    }
    state.arguments().add(name);
  }
}
