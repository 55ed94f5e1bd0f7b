package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.lint.Outline;
import dev.slipway.progress.Cancellation;
import dev.slipway.semantics.BuildTest;
import org.junit.jupiter.api.Test;

/** Looks at Dockerfiles that are not built. */
class DockerfileInspectionTest extends BuildTest {
  private CheckResult check(String dockerfile) {
    return check(workspace().request(dockerfile).build());
  }

  private CheckResult check(BuildRequest request) {
    return workspace().builder().check(request, new Cancellation());
  }

  @Test
  void aFileWithoutFaultIsClean() {
    assertThat(check("FROM scratch\nCOPY missing /\n").isClean()).isTrue();
  }

  @Test
  void allStagesAreLookedIntoUnlessThereIsATarget() {
    String dockerfile = "FROM scratch AS a\nENV x y\nFROM scratch AS b\nMAINTAINER me\n";
    assertThat(check(dockerfile).findings())
        .extracting(Diagnostic::code)
        .containsExactly("LegacyKeyValueFormat", "MaintainerDeprecated");
    assertThat(
            check(
                    workspace()
                        .request("FROM scratch AS a\nENV x y\nFROM scratch\nLABEL a b\n")
                        .target("a")
                        .build())
                .findings())
        .extracting(finding -> finding.span() == null ? 0 : finding.span().line())
        .containsExactly(2);
  }

  @Test
  void whatStandsAboveASyntaxErrorIsToldToo() {
    CheckResult result = check("FROM scratch as a\nBUG\nMAINTAINER me\n");
    assertThat(result.findings()).extracting(Diagnostic::code).containsExactly("FromAsCasing");
    assertThat(result.errors())
        .extracting(Diagnostic::message)
        .first()
        .asString()
        .contains("unknown instruction: BUG");
  }

  @Test
  void anIgnoreFileThatCannotBeReadIsWhatABuildStopsAt() {
    workspace().file(".dockerignore", "a\nb[\n");
    CheckResult result = check("FROM scratch\nCOPY . /\n");
    assertThat(result.findings()).isEmpty();
    assertThat(result.errors())
        .extracting(Diagnostic::message)
        .containsExactly(".dockerignore:2: malformed pattern \"b[\": a [ without its ]");
  }

  @Test
  void aBaseThatCannotBeHadHidesNothing() {
    CheckResult result =
        check(
            """
            FROM localhost:1/no/such AS a
            ENV x y
            FROM localhost:1/nor/this
            EXPOSE udp
            """);
    assertThat(result.findings())
        .extracting(Diagnostic::code)
        .containsExactly("LegacyKeyValueFormat");
    assertThat(result.errors()).extracting(Diagnostic::message).hasSize(3);
    assertThat(result.errors().get(0).message()).startsWith("localhost:1/no/such: ");
    assertThat(result.errors().get(1).message()).startsWith("localhost:1/nor/this: ");
    assertThat(result.errors().get(2).message()).contains("invalid containerPort");
  }

  @Test
  void anOutlineTellsWhatATargetCanBeGiven() {
    Outline outline =
        workspace()
            .builder()
            .outline(
                workspace()
                    .request("FROM scratch AS a\nARG X=1\nFROM scratch\nARG Y=2\n")
                    .target("A")
                    .build(),
                new Cancellation());
    assertThat(outline.name()).isEqualTo("a");
    assertThat(outline.arguments()).extracting(Outline.Argument::name).containsExactly("X");
  }

  @Test
  void aTargetThatDoesNotExistIsNamed() {
    BuildRequest request = workspace().request("FROM scratch AS build\n").target("biuld").build();
    assertThatThrownBy(() -> workspace().builder().outline(request, new Cancellation()))
        .hasMessage("target stage 'biuld' could not be found")
        .hasFieldOrPropertyWithValue("hint", "did you mean 'build'?");
    assertThat(check(request).errors()).extracting(Diagnostic::message).hasSize(1);
  }

  @Test
  void targetsAreTheStages() {
    BuildRequest request = workspace().request("FROM scratch AS a\nFROM a\n").build();
    assertThat(workspace().builder().targets(request, new Cancellation()))
        .extracting(Outline.Target::name)
        .containsExactly("a", "");
  }
}
