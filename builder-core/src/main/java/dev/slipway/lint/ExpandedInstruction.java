package dev.slipway.lint;

import dev.slipway.dockerfile.ExposeInstruction;
import dev.slipway.dockerfile.ExposedPorts;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.MountFlag;
import dev.slipway.dockerfile.MountOption;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Expansion;
import dev.slipway.dockerfile.shell.ExpansionException;
import dev.slipway.dockerfile.shell.ShellLex;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instruction with its words expanded as far as that is possible without building. */
final class ExpandedInstruction {
  private final Instruction instruction;
  private final LintInputs inputs;
  private final ShellLex lex;
  private final Map<Word, Expansion> byWord = new IdentityHashMap<>();
  private final Map<MountOption, Expansion> byOption = new IdentityHashMap<>();
  private final List<Expansion> expansions = new ArrayList<>();

  ExpandedInstruction(Instruction instruction, LintInputs inputs, ShellLex lex) {
    this.instruction = instruction;
    this.inputs = inputs;
    this.lex = lex;
  }

  void add(Word word, Expansion expansion) {
    byWord.put(word, expansion);
    expansions.add(expansion);
  }

  /** Notes what {@code word} expands to where another rule looks at its variables. */
  void know(Word word, Expansion expansion) {
    byWord.put(word, expansion);
  }

  void add(MountOption option, Expansion expansion) {
    byOption.put(option, expansion);
    expansions.add(expansion);
  }

  void add(Expansion expansion) {
    expansions.add(expansion);
  }

  Instruction instruction() {
    return instruction;
  }

  LintInputs inputs() {
    return inputs;
  }

  /** All expansions, in the order of the instruction. */
  List<Expansion> expansions() {
    return expansions;
  }

  /** The word that an expansion is of, or null for one of something else. */
  @Nullable Word wordOf(Expansion expansion) {
    for (Map.Entry<Word, Expansion> each : byWord.entrySet()) {
      if (each.getValue() == expansion) {
        return each.getKey();
      }
    }
    return null;
  }

  /** What {@code word} expands to; the word itself where it is not expanded. */
  String value(Word word) {
    Expansion expansion = byWord.get(word);
    return expansion == null ? word.text() : expansion.value();
  }

  /** The options of {@code mount} with what their values expand to. */
  List<MountOption> options(MountFlag mount) {
    List<MountOption> options = new ArrayList<>();
    for (MountOption option : mount.options()) {
      Expansion expansion = byOption.get(option);
      options.add(expansion == null ? option : option.withValue(expansion.value()));
    }
    return options;
  }

  /**
   * The ports of EXPOSE, in the order in which BuildKit looks at them, up to one that is malformed;
   * none for other instructions.
   */
  List<ExposedPorts> ports(StageState stage) {
    List<ExposedPorts> ports = new ArrayList<>();
    if (instruction instanceof ExposeInstruction expose) {
      List<String> words = new ArrayList<>();
      for (Word word : expose.ports()) {
        words.add(word.text());
      }
      words.sort(null);
      try {
        for (String word : words) {
          for (String port : lex.expand(word, stage.environment()::get).words()) {
            ports.add(ExposedPorts.parse(port));
          }
        }
      } catch (ExpansionException | IllegalArgumentException e) {
        // The build will say so.
      }
    }
    return ports;
  }
}
