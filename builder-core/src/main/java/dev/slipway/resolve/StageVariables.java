package dev.slipway.resolve;

import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Expansion;
import dev.slipway.dockerfile.shell.ExpansionException;
import dev.slipway.dockerfile.shell.ShellLex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that an instruction sees: those of the image and the stage's arguments. */
final class StageVariables {
  private final ShellLex lex;
  private final Map<String, String> values;
  private final List<DeclaredArg> arguments;

  private StageVariables(ShellLex lex, Map<String, String> values, List<DeclaredArg> arguments) {
    this.lex = lex;
    this.values = new LinkedHashMap<>(values);
    this.arguments = new ArrayList<>(arguments);
  }

  /** Those of a stage on an image that sets {@code environment}. */
  static StageVariables of(ShellLex lex, Map<String, String> environment) {
    return new StageVariables(lex, environment, List.of());
  }

  /**
   * Those of a stage that starts from this one: it sees the arguments of this one too, but begins
   * with the image's variables, which count more than an argument that was declared behind them.
   *
   * @param environment of the image that this stage is
   */
  StageVariables inherited(Map<String, String> environment) {
    StageVariables inherited = new StageVariables(lex, values, arguments);
    inherited.values.putAll(environment);
    return inherited;
  }

  void put(String name, String value) {
    values.put(name, value);
  }

  /** Declares an argument; without a value it leaves a variable of that name alone. */
  void declare(String name, @Nullable String value) {
    if (value != null) {
      values.put(name, value);
    }
    arguments.add(new DeclaredArg(name, value));
  }

  /** All that have a value. */
  Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }

  /** In the order declared. */
  List<DeclaredArg> arguments() {
    return Collections.unmodifiableList(arguments);
  }

  /** Replaces the variables of a word. */
  String expand(Word word) {
    return expansion(word).value();
  }

  Expansion expansion(Word word) {
    try {
      return lex.expand(word.text(), values::get);
    } catch (ExpansionException e) {
      throw new ResolveException(String.valueOf(e.getMessage()), word.span(), e.hint(), e);
    }
  }

  /** An argument that a stage declared; its value is null where there is none. */
  record DeclaredArg(String name, @Nullable String value) {}
}
