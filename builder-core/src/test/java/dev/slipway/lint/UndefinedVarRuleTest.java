package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UndefinedVarRuleTest {
  @Test
  void anUndefinedVariableIsFound() {
    assertThat(Lint.findings("FROM a", "COPY $foo ."))
        .containsExactly("2 UndefinedVar: Usage of undefined variable '$foo'");
  }

  @Test
  void aNearNameIsSuggested() {
    assertThat(Lint.findings("FROM a", "ENV PATH=$PAHT:/x"))
        .containsExactly(
            "2 UndefinedVar: Usage of undefined variable '$PAHT' (did you mean $PATH?)");
  }

  @Test
  void aVariableWithoutNameIsNotSuggested() {
    assertThat(Lint.findings("FROM a", "ENV $no=1", "COPY $x /x"))
        .containsExactly(
            "2 UndefinedVar: Usage of undefined variable '$no'",
            "3 UndefinedVar: Usage of undefined variable '$x'");
  }

  @Test
  void everyUseIsFound() {
    assertThat(Lint.findings("FROM a", "COPY $foo $foo /x"))
        .containsExactly(
            "2 UndefinedVar: Usage of undefined variable '$foo'",
            "2 UndefinedVar: Usage of undefined variable '$foo'");
  }

  @Test
  void itStandsAtTheVariable() {
    String[] lines = {
      "FROM a", "ENV A=$foo B=\"x ${foo:-1}y\"", "COPY --chown=$foobar${foo} $fo \\", "  $x /"
    };
    assertThat(Lint.diagnostics(Lint.inputs(), lines))
        .extracting(finding -> Objects.requireNonNull(finding.span()))
        .extracting(span -> span.position() + " " + span.text())
        .containsExactly(
            "Dockerfile:2:7 $foo",
            "Dockerfile:2:17 ${foo:-1}",
            "Dockerfile:3:1 COPY",
            "Dockerfile:3:14 $foobar",
            "Dockerfile:3:21 ${foo}",
            "Dockerfile:3:28 $fo");
  }

  @Test
  void aShellsOwnVariablesHavePlacesToo() {
    assertThat(Lint.diagnostics(Lint.inputs(), "FROM a", "ENV A=x$* B=${@} C=$1"))
        .extracting(finding -> Objects.requireNonNull(finding.span()))
        .extracting(span -> span.position() + " " + span.text())
        .containsExactly("Dockerfile:2:8 $*", "Dockerfile:2:13 ${@}", "Dockerfile:2:20 $1");
  }

  @Test
  void useBeforeDefinitionIsFound() {
    assertThat(Lint.findings("FROM a", "COPY $foo .", "ARG foo=1"))
        .containsExactly("2 UndefinedVar: Usage of undefined variable '$foo'");
  }

  @Test
  void aDeclaredArgumentIsFine() {
    assertThat(Lint.findings("FROM a", "ARG foo", "COPY x$foo .")).isEmpty();
  }

  @Test
  void argumentsOfTheSameLineAreFineBehindTheirDeclaration() {
    assertThat(Lint.findings("FROM a", "ARG foo bar=1 both=$foo$bar")).isEmpty();
    assertThat(Lint.findings("FROM a", "ARG both=$foo foo=1"))
        .containsExactly("2 UndefinedVar: Usage of undefined variable '$foo'");
  }

  @Test
  void argumentsOfTheParentStageAreFine() {
    assertThat(Lint.findings("FROM a AS x", "ARG foo=1", "FROM x", "COPY $foo .")).isEmpty();
  }

  @Test
  void variablesOfTheBaseAreFine() {
    assertThat(
            Lint.findings(
                Lint.inputs()
                    .base(
                        0,
                        new BaseImageFacts(Map.of("GOPATH", "/go"), false, Lint.AMD64, Lint.AMD64)),
                "FROM a",
                "COPY $GOPATH ."))
        .isEmpty();
  }

  @Test
  void nothingIsSaidOfAnUnknownBase() {
    assertThat(Lint.findings(LintInputs.builder(), "FROM a", "COPY $GOPATH .")).isEmpty();
  }

  @Test
  void commandsAreTheShellsBusiness() {
    assertThat(Lint.findings("FROM a", "RUN echo $foo")).isEmpty();
  }

  @Test
  void documentsAndMountsCount() {
    assertThat(Lint.findings("FROM a", "RUN --mount=target=$dir x", "COPY <<E /x", "$text", "E"))
        .containsExactly(
            "2 UndefinedVar: Usage of undefined variable '$dir'",
            "3 UndefinedVar: Usage of undefined variable '$text'");
  }

  @Test
  void stagesThatNobodyNeedsAreLeftOut() {
    assertThat(Lint.findings(Lint.inputs().stages(Set.of(1)), "FROM a", "COPY $foo .", "FROM b"))
        .isEmpty();
  }

  @Test
  void documentsOfAddCountToo() {
    assertThat(Lint.findings("FROM a", "ADD <<E /x", "$text", "E"))
        .containsExactly("2 UndefinedVar: Usage of undefined variable '$text'");
  }

  @Test
  void aDefaultThatIsUsedCounts() {
    assertThat(Lint.findings("FROM a", "ARG dir=$base/x"))
        .containsExactly("2 UndefinedVar: Usage of undefined variable '$base'");
  }

  @Test
  void aDefaultThatABuildArgumentOverridesDoesNot() {
    assertThat(
            Lint.findings(
                Lint.inputs().buildArgs(Map.of("dir", "/d")), "FROM a", "ARG dir=$base/x"))
        .isEmpty();
  }

  @Test
  void everyVolumeCounts() {
    assertThat(Lint.findings("FROM a", "VOLUME /a $dir"))
        .containsExactly("2 UndefinedVar: Usage of undefined variable '$dir'");
  }
}
