package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.CheckResult;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.lint.LintInputs;
import dev.slipway.lint.Linter;
import dev.slipway.lint.Outline;
import dev.slipway.parse.DockerfileParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileReportTest {
  private static Dockerfile parse(String text) {
    return DockerfileParser.parse("Dockerfile", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void findingsAreToldWithTheirPlace() {
    Dockerfile file = parse("FROM scratch\nENV a b\n");
    CheckResult result =
        new CheckResult(Linter.lint(file, LintInputs.builder().build()), List.of());
    assertThat(DockerfileReport.check(result))
        .startsWith(
            """
            Check complete, 1 warning has been found!

            WARNING: LegacyKeyValueFormat - https://docs.docker.com/go/dockerfile/rule/legacy-key-value-format/
            """)
        .contains("\nDockerfile:2\nENV a b\n", "^", "\nhint: ");
  }

  @Test
  void nothingToSayIsSaid() {
    CheckResult result = new CheckResult(List.of(), List.of());
    assertThat(DockerfileReport.check(result)).isEqualTo("Check complete, no warnings found.\n");
    assertThat(DockerfileReport.errors(result)).isEmpty();
  }

  @Test
  void anOutlineIsTables() {
    Dockerfile file =
        parse(
            """
            # app is what runs
            FROM scratch AS app
            # VERSION of it
            ARG VERSION=1.2
            RUN --mount=type=secret,id=token,required=true true
            """);
    Outline outline = Outline.of(file, file.stages().get(0), LintInputs.builder().build());
    assertThat(DockerfileReport.outline(outline))
        .isEqualTo(
            """
            TARGET:      app
            DESCRIPTION: is what runs

            BUILD ARG   VALUE   DESCRIPTION
            VERSION     1.2     of it

            SECRET   REQUIRED
            token    true
            """);
  }

  @Test
  void targetsAreATable() {
    Dockerfile file = parse("# a is first\nFROM scratch AS a\nFROM a\n");
    assertThat(DockerfileReport.targets(Outline.targets(file)))
        .isEqualTo("TARGET      DESCRIPTION\na           is first\n(default)\n");
  }
}
