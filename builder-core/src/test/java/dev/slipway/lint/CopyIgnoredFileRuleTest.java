package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CopyIgnoredFileRuleTest {
  @Test
  void anIgnoredSourceIsFound() {
    assertThat(
            Lint.findings(
                Lint.ignoring("*.log", "logs"), "FROM a", "COPY app.log /x", "ADD ./logs/ /x"))
        .containsExactly(
            "2 CopyIgnoredFile: Attempting to Copy file \"app.log\" that is excluded by .dockerignore",
            "3 CopyIgnoredFile: Attempting to Add file \"logs\" that is excluded by .dockerignore");
  }

  @Test
  void belowAnIgnoredDirectoryItIsFound() {
    assertThat(Lint.findings(Lint.ignoring("sub", "!other"), "FROM a", "COPY sub/a /x"))
        .containsExactly(
            "2 CopyIgnoredFile: Attempting to Copy file \"sub/a\" that is excluded by .dockerignore");
  }

  @Test
  void whatIsTakenBackIsFine() {
    assertThat(
            Lint.findings(
                Lint.ignoring("sub", "!sub/a", "!sub/b.txt"),
                "FROM a",
                "COPY sub/a sub sub/*.txt . /x"))
        .isEmpty();
  }

  @Test
  void everythingIgnoredIsFound() {
    assertThat(Lint.findings(Lint.ignoring("*"), "FROM a", "COPY . /x"))
        .containsExactly(
            "2 CopyIgnoredFile: Attempting to Copy file \".\" that is excluded by .dockerignore");
  }

  @Test
  void aNameMayEndWithDots() {
    assertThat(Lint.findings(Lint.ignoring("b"), "FROM a", "COPY a../../b ../../b /x/"))
        .containsExactly(
            "2 CopyIgnoredFile: Attempting to Copy file \"b\" that is excluded by .dockerignore");
  }

  @Test
  void otherSourcesAreFine() {
    assertThat(
            Lint.findings(
                Lint.ignoring("*.log"),
                "FROM a AS x",
                "COPY --from=x app.log /x",
                "ADD https://example.org/app.log /x",
                "COPY <<app.log /x",
                "app.log"))
        .isEmpty();
  }
}
