package dev.slipway.lint;

import dev.slipway.dockerfile.ArgDefinition;
import dev.slipway.dockerfile.ArgInstruction;
import dev.slipway.dockerfile.EnvInstruction;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.KeyValue;
import dev.slipway.dockerfile.Word;
import java.util.Locale;
import java.util.Set;

/** Secrets should not be in ARG or ENV, where every user of the image can read them. */
final class SecretsUsedInArgOrEnvRule implements Rule {
  private static final Set<String> SECRET_WORDS =
      Set.of(
          "apikey",
          "auth",
          "credential",
          "credentials",
          "key",
          "password",
          "pword",
          "passwd",
          "secret",
          "token");
  private static final Set<String> HARMLESS_WORDS = Set.of("public", "file", "version");

  @Override
  public void check(ExpandedInstruction expanded, StageState stage, Findings findings) {
    if (expanded.instruction() instanceof ArgInstruction arg) {
      for (ArgDefinition definition : arg.definitions()) {
        Word name = definition.name();
        check(arg, name, name.text(), "RUN --mount=type=secret", findings);
      }
    } else if (expanded.instruction() instanceof EnvInstruction env) {
      for (KeyValue pair : env.pairs()) {
        check(env, pair.key(), expanded.value(pair.key()), "a secret at run time", findings);
      }
    }
  }

  private static void check(
      Instruction instruction, Word word, String name, String instead, Findings findings) {
    if (soundsSecret(name)) {
      findings.report(
          LintRule.SECRETS_USED_IN_ARG_OR_ENV,
          instruction,
          word,
          "Do not use ARG or ENV instructions for sensitive data ("
              + instruction.keyword()
              + " \""
              + name
              + "\")",
          "use " + instead);
    }
  }

  private static boolean soundsSecret(String name) {
    boolean secret = false;
    for (String part : name.toLowerCase(Locale.ROOT).split("_", -1)) {
      if (HARMLESS_WORDS.contains(part)) {
        return false;
      }
      secret |= SECRET_WORDS.contains(part);
    }
    return secret;
  }
}
