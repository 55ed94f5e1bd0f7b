package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvalidDefinitionDescriptionRuleTest {
  @Test
  void anotherCommentIsFound() {
    assertThat(
            Lint.findings(
                "# check=experimental=all",
                "# the version",
                "ARG version",
                "# builds it",
                "FROM a AS build",
                "# both",
                "ARG x y"))
        .containsExactly(
            "3 InvalidDefinitionDescription: Comment for ARG should follow the format: `# version <description>`",
            "5 InvalidDefinitionDescription: Comment for FROM should follow the format: `# build <description>`",
            "7 InvalidDefinitionDescription: Comment for ARG should follow the format: `# <arg_key> <description>`");
  }

  @Test
  void aDescriptionIsFine() {
    assertThat(
            Lint.findings(
                "# check=experimental=InvalidDefinitionDescription",
                "# version is the version",
                "ARG version",
                "# a remark",
                "#",
                "FROM a AS build"))
        .isEmpty();
  }

  @Test
  void itHasToBeAskedFor() {
    assertThat(Lint.findings("FROM a", "# the version", "ARG version")).isEmpty();
  }
}
