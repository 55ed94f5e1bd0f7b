package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Platform;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkdirRelativePathRuleTest {
  @Test
  void aFirstRelativePathIsFound() {
    assertThat(Lint.findings("FROM a", "WORKDIR app/"))
        .containsExactly(
            "2 WorkdirRelativePath: Relative workdir \"app/\" can have unexpected results if the base image changes");
  }

  @Test
  void onlyTheFirstIsFound() {
    assertThat(Lint.findings("FROM a", "WORKDIR app", "WORKDIR sub"))
        .containsExactly(
            "2 WorkdirRelativePath: Relative workdir \"app\" can have unexpected results if the base image changes");
  }

  @Test
  void afterAnAbsolutePathItIsFine() {
    assertThat(Lint.findings("FROM a AS x", "WORKDIR /app", "FROM x", "WORKDIR sub")).isEmpty();
  }

  @Test
  void aStageIsNamedInAnyCase() {
    assertThat(Lint.findings("FROM a AS x", "WORKDIR /app", "FROM X", "WORKDIR sub"))
        .noneMatch(finding -> finding.contains("Workdir"));
  }

  @Test
  void aPathWithADriveIsAbsoluteInImagesForWindows() {
    Platform windows = new Platform("windows", "amd64");
    BaseImageFacts base = new BaseImageFacts(Map.of(), false, windows, windows);
    String[] lines = {
      "# escape=`", "FROM a", "WORKDIR C:\\app", "FROM a", "WORKDIR \\app", "FROM a", "WORKDIR app"
    };
    LintInputs.Builder inputs = Lint.inputs().base(0, base).base(1, base).base(2, base);
    assertThat(Lint.findings(inputs, lines))
        .containsExactly(
            "7 WorkdirRelativePath: Relative workdir \"app\" can have unexpected results if the base image changes");
    assertThat(Lint.findings("# escape=`", "FROM a", "WORKDIR C:\\app")).hasSize(1);
  }

  @Test
  void scratchIsForTheTarget() {
    Platform windows = new Platform("windows", "amd64");
    LintInputs.Builder inputs = LintInputs.builder().platforms(Lint.AMD64, windows, "");
    String[] lines = {"# escape=`", "FROM scratch AS x", "FROM x", "WORKDIR C:\\app"};
    assertThat(Lint.findings(inputs, lines)).isEmpty();
  }

  @Test
  void variablesAreExpanded() {
    assertThat(Lint.findings("FROM a", "ARG dir=/srv", "WORKDIR $dir")).isEmpty();
  }
}
