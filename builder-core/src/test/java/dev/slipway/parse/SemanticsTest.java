package dev.slipway.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.dockerfile.ArgInstruction;
import dev.slipway.dockerfile.CmdInstruction;
import dev.slipway.dockerfile.Command;
import dev.slipway.dockerfile.CopyInstruction;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.EnvInstruction;
import dev.slipway.dockerfile.HealthcheckInstruction;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.Keyword;
import dev.slipway.dockerfile.LabelInstruction;
import dev.slipway.dockerfile.MaintainerInstruction;
import dev.slipway.dockerfile.OnbuildInstruction;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.dockerfile.shell.Variables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Behaviours that builders most often get wrong, as far as the text alone decides them. */
class SemanticsTest {
  private static Dockerfile parse(String... lines) {
    return DockerfileParser.parse(
        "Dockerfile", (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static <T extends Instruction> T only(Class<T> type, String... lines) {
    return type.cast(parse(lines).stages().get(0).instructions().get(0));
  }

  private static void refuses(String message, String... lines) {
    assertThatThrownBy(() -> parse(lines))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining(message);
  }

  private static String shell(Command command) {
    return ((Command.ShellForm) command).text();
  }

  @DisplayName("B4-42 a syntax error in a stage that nothing needs is an error all the same")
  @Test
  void errorsInUnusedStagesCount() {
    refuses("unknown instruction: NOPE", "FROM a AS unused", "NOPE", "FROM b");
  }

  @DisplayName("B4-44 COPY --from takes no variables, and the message names the way around")
  @Test
  void copyFromTakesNoVariables() {
    refuses("define a new stage with FROM using ARG", "FROM a", "COPY --from=$x a b");
    refuses("define a new stage with FROM using ARG", "FROM a", "COPY --from=${x:-y} a b");
  }

  @DisplayName("B4-45 stages count from 0; two may have one name")
  @Test
  void stagesCountFromZero() {
    Dockerfile file = parse("FROM a AS x", "FROM b AS x");
    assertThat(file.stages()).extracting("index", "name").hasToString("[(0, \"x\"), (1, \"x\")]");
  }

  @DisplayName("B4-46 the rule for stage names, after lower-casing")
  @Test
  void stageNames() {
    assertThat(parse("FROM a AS My-Stage_1.x").stages().get(0).name()).isEqualTo("my-stage_1.x");
    refuses("invalid name for build stage", "FROM a AS -x");
    refuses("invalid name for build stage", "FROM a AS ünï");
  }

  @DisplayName("B4-47 FROM without AS gets the question whether AS is missing")
  @Test
  void missingAs() {
    refuses("did you mean AS?", "FROM golang builder");
  }

  @DisplayName("B4-49 only ARG, comments and directives may stand before FROM")
  @Test
  void beforeFrom() {
    assertThat(parse("# c", "ARG A=1", "FROM a").globalArgs()).hasSize(1);
    refuses("no build stage in current context", "ENV A=1", "FROM a");
    refuses("dockerfile contains no stages to build", "ARG A=1");
    refuses("file with no instructions", "# nothing");
  }

  @DisplayName("B5-53 an ARG without a value differs from one with an empty value")
  @Test
  void argWithoutValue() {
    ArgInstruction arg = only(ArgInstruction.class, "FROM a", "ARG X Y= Z=1");
    assertThat(arg.definitions().get(0).defaultValue()).isNull();
    assertThat(arg.definitions().get(1).defaultValue()).hasToString("");
    assertThat(arg.definitions().get(2).defaultValue()).hasToString("1");
  }

  @DisplayName("B5-58 commands are kept as they are: nothing in them is expanded")
  @Test
  void commandsAreNotExpanded() {
    assertThat(shell(only(RunInstruction.class, "FROM a", "RUN echo \"$x\" '${y}'").command()))
        .isEqualTo("echo \"$x\" '${y}'");
  }

  @DisplayName("B5-61 legacy ENV takes the rest of the line; ENV alone is an error")
  @Test
  void legacyEnv() {
    EnvInstruction env = only(EnvInstruction.class, "FROM a", "ENV k  v \"w x\"   ");
    assertThat(env.legacy()).isTrue();
    String value = env.pairs().get(0).value().text();
    assertThat(new ShellLex('\\').expand(value, Variables.NONE).value()).isEqualTo("v w x");
    refuses("ENV must have two arguments", "FROM a", "ENV k");
  }

  @DisplayName("B5-63 instructions are known in any case")
  @Test
  void keywordsInAnyCase() {
    assertThat(parse("fRoM a", "cMd x").stages().get(0).instructions().get(0).keyword())
        .isEqualTo(Keyword.CMD);
  }

  @DisplayName("B6-64 directives stand first, once each; another comment ends them")
  @Test
  void directives() {
    assertThat(parse("# escape=`", "FROM a").escape()).isEqualTo('`');
    assertThat(parse("# hello", "# escape=`", "FROM a").escape()).isEqualTo('\\');
    assertThat(parse("", "# escape=`", "FROM a").escape()).isEqualTo('\\');
    assertThat(parse("# unknown=1", "# escape=`", "FROM a").escape()).isEqualTo('\\');
    assertThat(parse("\ufeff#  EsCaPe =  `  ", "FROM a").escape()).isEqualTo('`');
    refuses("only one syntax parser directive", "# syntax=a", "# syntax=b", "FROM a");
    refuses("invalid escape token", "# escape=x", "FROM a");
  }

  @DisplayName("B6-64 the escape directive changes continuation and words")
  @Test
  void escapeDirective() {
    Dockerfile file = parse("# escape=`", "FROM a", "RUN one `", "two\\", "COPY a` b c");
    List<Instruction> body = file.stages().get(0).instructions();
    assertThat(shell(((RunInstruction) body.get(0)).command())).isEqualTo("one two\\");
    assertThat(((CopyInstruction) body.get(1)).sources()).hasToString("[a`, b]");
  }

  @DisplayName("B6-65 comments and empty lines inside a continued instruction are dropped")
  @Test
  void insideContinuation() {
    Dockerfile file = parse("FROM a", "RUN one \\", "  # gone", "", " two \\\t ", "three # stays");
    assertThat(shell(((RunInstruction) file.stages().get(0).instructions().get(0)).command()))
        .isEqualTo("one  two three # stays");
    assertThat(file.warnings()).hasSize(1);
    assertThat(file.warnings().get(0).code()).isEqualTo("NoEmptyContinuation");
  }

  @DisplayName("B6-66 blanks before an instruction are ignored, those in continued lines kept")
  @Test
  void leadingBlanks() {
    assertThat(shell(only(RunInstruction.class, "\t FROM a", "   RUN a \\", "    b").command()))
        .isEqualTo("a     b");
  }

  @DisplayName("B6-67 a physical line may be longer than 64 KiB, which BuildKit refuses")
  @Test
  void longLines() {
    String text = "x".repeat(200_000);
    assertThat(shell(only(RunInstruction.class, "FROM a", "RUN " + text).command()))
        .isEqualTo(text);
  }

  @DisplayName("B6-68 here-documents: tabs, quotes, several, unterminated")
  @Test
  void heredocs() {
    CopyInstruction copy =
        only(CopyInstruction.class, "FROM a", "COPY <<A <<-'B' /d", "$a", "A", "\tb", "\tB");
    assertThat(copy.heredocs()).extracting("expand").containsExactly(true, false);
    assertThat(copy.heredocs().get(0).content()).isEqualTo("$a\n");
    assertThat(copy.heredocs().get(1).content()).isEqualTo("b\n");
    refuses("unterminated heredoc", "FROM a", "RUN <<EOF", "x");
  }

  @DisplayName("B6-69 RUN <<E alone is a script; with a command it is the shell's input")
  @Test
  void heredocScripts() {
    RunInstruction script = only(RunInstruction.class, "FROM a", "RUN <<-E", "\tone", "\tE");
    assertThat(script.script()).isNotNull();
    assertThat(script.shellText()).isEqualTo("one\n");
    RunInstruction input = only(RunInstruction.class, "FROM a", "RUN cat <<-E > /x", "\tone", "E");
    assertThat(input.script()).isNull();
    assertThat(input.shellText()).isEqualTo("cat <<-E > /x\n\tone\nE");
  }

  @DisplayName("B6-70 a destination cannot be a here-document; ONBUILD may carry one")
  @Test
  void heredocDestination() {
    refuses("cannot accept a heredoc as a destination", "FROM a", "COPY a <<E", "E");
    OnbuildInstruction onbuild =
        only(OnbuildInstruction.class, "FROM a", "ONBUILD COPY <<E /x", "text", "E");
    assertThat(onbuild.trigger()).isEqualTo("COPY <<E /x\ntext\nE");
    List<Instruction> again =
        DockerfileParser.parseTriggers("ONBUILD of a", List.of(onbuild.trigger()));
    assertThat(((CopyInstruction) again.get(0)).heredocs().get(0).content()).isEqualTo("text\n");
  }

  @DisplayName("B7-78 the exec form needs JSON; anything else is for the shell, whole")
  @Test
  void execForm() {
    assertThat(only(CmdInstruction.class, "FROM a", "CMD [\"a\", \"$b\"]").command())
        .isEqualTo(new Command.ExecForm(List.of("a", "$b")));
    assertThat(only(CmdInstruction.class, "FROM a", "CMD ['a']").command())
        .isEqualTo(new Command.ShellForm("['a']"));
    refuses("arrays must be comprised of strings only", "FROM a", "CMD [\"a\", 1]");
  }

  @DisplayName("B7-79 CMD [] is an empty command")
  @Test
  void emptyCmd() {
    assertThat(only(CmdInstruction.class, "FROM a", "CMD []").command())
        .isEqualTo(new Command.ExecForm(List.of()));
  }

  @DisplayName("B8-87 from of a mount takes no variable")
  @Test
  void mountFromTakesNoVariable() {
    refuses(
        "'from' doesn't support variable expansion", "FROM a", "RUN --mount=from=$x,target=/y z");
  }

  @DisplayName("B9-90 ONBUILD refuses ONBUILD, FROM and MAINTAINER")
  @Test
  void onbuildRefuses() {
    refuses("chaining ONBUILD", "FROM a", "ONBUILD ONBUILD RUN x");
    refuses("FROM isn't allowed as an ONBUILD trigger", "FROM a", "ONBUILD FROM b");
    refuses("MAINTAINER isn't allowed as an ONBUILD trigger", "FROM a", "ONBUILD maintainer b");
  }

  @DisplayName("B9-90 a trigger that is no instruction fails where it is run")
  @Test
  void onbuildKeepsWhatIsNoInstruction() {
    OnbuildInstruction onbuild = only(OnbuildInstruction.class, "FROM a", "ONBUILD  CPOY f /");
    assertThat(onbuild.trigger()).isEqualTo("CPOY f /");
    assertThat(onbuild.instruction()).isNull();
  }

  @DisplayName("B9-91 LABEL, HEALTHCHECK, MAINTAINER")
  @Test
  void labelHealthcheckMaintainer() {
    assertThat(only(LabelInstruction.class, "FROM a", "LABEL a=1 a=2").pairs()).hasSize(2);
    assertThat(only(HealthcheckInstruction.class, "FROM a", "HEALTHCHECK NONE").test()).isNull();
    assertThat(
            only(HealthcheckInstruction.class, "FROM a", "HEALTHCHECK --interval=1ms CMD x")
                .interval())
        .hasMillis(1);
    refuses("cannot be less than 1ms", "FROM a", "HEALTHCHECK --interval=999us CMD x");
    assertThat(only(MaintainerInstruction.class, "FROM a", "MAINTAINER A B <c>").author())
        .isEqualTo("A B <c>");
  }

  @Test
  void aTriggerIsOneInstruction() {
    assertThatThrownBy(() -> DockerfileParser.parseTriggers("t", List.of("RUN a\nRUN b")))
        .hasMessageContaining("single expression");
    assertThatThrownBy(() -> DockerfileParser.parseTriggers("t", List.of("")))
        .hasMessageContaining("single expression");
    assertThatThrownBy(() -> DockerfileParser.parseTriggers("t", List.of("FROM a")))
        .hasMessageContaining("FROM isn't allowed");
    assertThatThrownBy(() -> DockerfileParser.parseTriggers("t", List.of("RUN <<E\nx")))
        .hasMessageContaining("unterminated heredoc");
  }

  @Test
  void allErrorsAreReportedWithTheWarningsBetweenThem() {
    assertThatThrownBy(() -> parse("FROM a", "NOPE", "RUN a \\", "", " b", "ENV"))
        .isInstanceOfSatisfying(
            DiagnosticsException.class,
            e ->
                assertThat(e.diagnostics())
                    .extracting(d -> d.span() == null ? 0 : d.span().line())
                    .containsExactly(2, 5, 6));
  }
}
