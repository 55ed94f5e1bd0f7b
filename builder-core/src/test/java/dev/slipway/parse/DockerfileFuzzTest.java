package dev.slipway.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.MountFlag;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.RunMount;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.shell.ExpansionException;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.lint.LintInputs;
import dev.slipway.lint.Linter;
import java.util.List;

/**
 * Any bytes at all: the only ways out are a result and our own exceptions. Runs over the inputs in
 * the resources; with the environment variable {@code JAZZER_FUZZ=1} it looks for more.
 */
class DockerfileFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void parsesOrReports(byte[] text) {
    ParseResult result = DockerfileParser.read("Dockerfile", text);
    assertThat(result.errors()).hasSizeLessThanOrEqualTo(101);
    for (Diagnostic error : result.errors()) {
      assertThat(error.render()).isNotBlank();
    }
    for (Diagnostic warning : result.dockerfile().warnings()) {
      assertThat(warning.render()).isNotBlank();
    }
    for (Stage stage : result.dockerfile().stages()) {
      for (Instruction instruction : stage.instructions()) {
        assertThat(instruction.span().text()).isNotEmpty();
        readMounts(instruction);
      }
    }
    try {
      DockerfileParser.parseTriggers("trigger", List.of(new String(text, UTF_8)));
    } catch (DiagnosticsException e) {
      assertThat(e.diagnostics()).isNotEmpty();
    }
  }

  private static void readMounts(Instruction instruction) {
    if (instruction instanceof RunInstruction run) {
      for (MountFlag mount : run.mounts()) {
        try {
          RunMount.of(mount.options(), mount.span());
        } catch (DiagnosticsException e) {
          assertThat(e.diagnostics()).hasSize(1);
        }
      }
    }
  }

  @FuzzTest(maxDuration = "5m")
  void expandsOrReports(FuzzedDataProvider data) {
    ShellLex lex = new ShellLex(data.consumeBoolean() ? '\\' : '`');
    if (data.consumeBoolean()) {
      lex = lex.keepingQuotes();
    }
    if (data.consumeBoolean()) {
      lex = lex.keepingUnset();
    }
    String value = data.consumeString(50);
    String word = data.consumeRemainingAsString();
    try {
      assertThat(lex.expand(word, name -> name.equals("x") ? value : null)).isNotNull();
    } catch (ExpansionException e) {
      assertThat(e).hasMessageStartingWith("failed to process ");
    }
  }

  @FuzzTest(maxDuration = "5m")
  void lintsWhatParses(byte[] text) {
    ParseResult result = DockerfileParser.read("Dockerfile", text);
    LintInputs inputs = LintInputs.builder().build();
    for (Diagnostic finding : Linter.lint(result.dockerfile(), inputs)) {
      assertThat(finding.render()).isNotBlank();
    }
    assertThat(Linter.lintAbove(result.dockerfile(), inputs, 3)).isNotNull();
  }
}
