package dev.slipway.lint;

import dev.slipway.dockerfile.ArgDefinition;
import dev.slipway.dockerfile.ArgInstruction;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Expansion;
import dev.slipway.dockerfile.shell.ExpansionException;
import dev.slipway.dockerfile.shell.ShellLex;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The arguments that FROM lines may use. */
final class GlobalArguments {
  private final ShellLex lex;
  private final Map<String, String> values;
  private final Set<String> declared = new LinkedHashSet<>();

  private GlobalArguments(Dockerfile file, LintInputs inputs, Map<String, String> buildArgs) {
    this.lex = new ShellLex(file.escape());
    this.values = new LinkedHashMap<>(inputs.platformArgs());
    for (ArgInstruction arg : file.globalArgs()) {
      for (ArgDefinition definition : arg.definitions()) {
        declare(definition, buildArgs);
      }
    }
    declared.addAll(inputs.platformArgs().keySet());
  }

  /** With the build arguments that were given. */
  static GlobalArguments of(Dockerfile file, LintInputs inputs) {
    return new GlobalArguments(file, inputs, inputs.buildArgs());
  }

  /** As if no build argument were given. */
  static GlobalArguments withDefaults(Dockerfile file, LintInputs inputs) {
    return new GlobalArguments(file, inputs, Map.of());
  }

  private void declare(ArgDefinition definition, Map<String, String> buildArgs) {
    String name = definition.name().text();
    declared.add(name);
    String value = buildArgs.get(name);
    Word defaultValue = definition.defaultValue();
    if (value == null && defaultValue != null) {
      value = expandOrEmpty(defaultValue.text());
    }
    if (value != null) {
      values.put(name, value);
    }
  }

  @Nullable String get(String name) {
    return values.get(name);
  }

  /** The names that are declared, with a value or without. */
  Set<String> declared() {
    return declared;
  }

  /** The expansion, or null where the word is malformed. */
  @Nullable Expansion expand(String word) {
    try {
      return lex.expand(word, values::get);
    } catch (ExpansionException e) {
      return null;
    }
  }

  String expandOrEmpty(String word) {
    Expansion expansion = expand(word);
    return expansion == null ? "" : expansion.value();
  }
}
