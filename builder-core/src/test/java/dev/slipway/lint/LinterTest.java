package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.parse.ParseResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinterTest {
  private static final String CASING =
      "2 FromAsCasing: 'as' and 'FROM' keywords' casing do not match";

  @Test
  void rulesCanBeSkippedByName() {
    assertThat(
            Lint.findings("# check=skip=JSONArgsRecommended,MaintainerDeprecated", "FROM a as b"))
        .containsExactly(CASING);
    assertThat(Lint.findings("# check=skip=FromAsCasing", "FROM a as b")).isEmpty();
    assertThat(Lint.findings("#check=skip=all;error=true", "FROM a as b", "run x")).isEmpty();
  }

  @Test
  void findingsCanFailTheBuild() {
    assertThat(Lint.findings("# check=error=true", "FROM a as b"))
        .containsExactly(CASING, "2 error: lint violation found for rules: FromAsCasing");
    assertThat(Lint.findings("# check=error=true", "FROM a")).isEmpty();
  }

  @Test
  void whatFollowsABlankIsARemark() {
    assertThat(Lint.findings("# check=skip=FromAsCasing // not now", "FROM a as b")).isEmpty();
  }

  @Test
  void malformedOptionsAreAnError() {
    assertThat(Lint.findings("# check=skip", "FROM a"))
        .containsExactly("1 error: failed to parse check options: invalid check option \"skip\"");
    assertThat(Lint.findings("# check=slip=all", "FROM a"))
        .containsExactly("1 error: failed to parse check options: invalid check option \"slip\"");
    assertThat(Lint.findings("# check=error=maybe", "FROM a")).hasSize(1);
  }

  @Test
  void aBuildArgumentReplacesTheDirective() {
    LintInputs.Builder inputs =
        Lint.inputs()
            .buildArgs(Map.of("BUILDKIT_DOCKERFILE_CHECK", "skip=ConsistentInstructionCasing"));
    assertThat(Lint.findings(inputs, "# check=skip=all", "FROM a as b", "run x"))
        .containsExactly(CASING);
  }

  @Test
  void aMalformedBuildArgumentIsNotTheFaultOfTheDirective() {
    LintInputs.Builder inputs =
        Lint.inputs().buildArgs(Map.of("BUILDKIT_DOCKERFILE_CHECK", "slip=all"));
    assertThat(Lint.findings(inputs, "# check=skip=all", "FROM a"))
        .containsExactly("- error: failed to parse check options: invalid check option \"slip\"");
  }

  @Test
  void aCommentCountsForTheInstructionBelowIt() {
    assertThat(
            Lint.findings(
                "FROM a",
                "# check=skip=SecretsUsedInArgOrEnv // it is none",
                "ARG token",
                "# check=skip=all",
                "CMD x",
                "ARG secret"))
        .containsExactly(
            "6 SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ARG"
                + " \"secret\")");
  }

  @Test
  void warningsBeforeAnErrorAreStillReported() {
    ParseResult result =
        Lint.read("FROM a AS Bad", "MAINTAINER me", "CMD x", "NOPE", "MAINTAINER you");
    assertThat(result.errors()).hasSize(1);
    List<Diagnostic> findings = Linter.lintAbove(result.dockerfile(), Lint.inputs().build(), 4);
    assertThat(Lint.show(findings))
        .containsExactly(
            "1 StageNameCasing: Stage name 'Bad' should be lowercase",
            "2 MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label");
  }

  @Test
  void aFindingHasACaretAFixAndAReference() {
    Diagnostic finding = Lint.diagnostics(Lint.inputs(), "FROM a AS Build").get(0);
    assertThat(finding.render())
        .isEqualTo(
            """
            Dockerfile:1:11: warning: Stage name 'Build' should be lowercase [StageNameCasing]
            FROM a AS Build
                      ^^^^^
            hint: write build; see docs/lint.md#stagenamecasing""");
  }

  @Test
  void aFindingInAContinuedLineStandsOnTheFirst() {
    assertThat(Lint.findings("FROM a", "ENV a=1 \\", "  token=2"))
        .containsExactly(
            "2 SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ENV"
                + " \"token\")");
  }

  @Test
  void findingsOfAllRulesStandInTheOrderOfTheText() {
    assertThat(Lint.findings("FROM a", "COPY $foo .", "copy x .", "COPY $bar ."))
        .extracting(finding -> finding.substring(0, finding.indexOf(':')))
        .containsExactly("2 UndefinedVar", "3 ConsistentInstructionCasing", "4 UndefinedVar");
  }
}
