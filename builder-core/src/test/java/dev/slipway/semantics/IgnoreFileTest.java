package dev.slipway.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.BuildRequest;
import dev.slipway.DockerfileSource;
import org.junit.jupiter.api.Test;

/** B10: .dockerignore. */
class IgnoreFileTest extends BuildTest {
  @Test
  void item92and93theLastLineThatMatchesWins() {
    file(
        ".dockerignore",
        "# comment\n.dockerignore\n*.txt\n**/*.log\nd\n!d/keep\n!*.md\nd/keep/not\n");
    file("a.txt", "");
    file("sub/a.txt", "");
    file("sub/deep/x.log", "");
    file("x.log", "");
    file("d/lost", "");
    file("d/keep/yes", "");
    file("d/keep/not", "");
    file("b.md", "");
    assertThat(build("FROM scratch\nCOPY . /\n").files())
        .containsExactly(
            "644 0:0 b.md = ",
            "755 0:0 d/",
            "755 0:0 d/keep/",
            "644 0:0 d/keep/yes = ",
            "755 0:0 sub/",
            "644 0:0 sub/a.txt = ",
            "755 0:0 sub/deep/");
  }

  @Test
  void item94theDockerfileMayBeIgnored() {
    file("Dockerfile", "FROM scratch\nCOPY . /\n");
    file(".dockerignore", "Dockerfile\n.dockerignore\n");
    file("f", "1");
    BuiltImage image = build("", request -> request.dockerfile(DockerfileSource.InContext.DEFAULT));
    assertThat(image.files()).containsExactly("644 0:0 f = 1");
  }

  @Test
  void item95aDockerfilesOwnIgnoreFileReplacesTheOther() {
    file("sub/My.Dockerfile", "FROM scratch\nCOPY . /\n");
    file("sub/My.Dockerfile.dockerignore", "sub\n.dockerignore\n");
    file(".dockerignore", "f\n");
    file("f", "1");
    BuiltImage image =
        build("", r -> r.dockerfile(new DockerfileSource.InContext("sub/My.Dockerfile")));
    assertThat(image.files()).containsExactly("644 0:0 f = 1");
  }

  @Test
  void item96onlyTheMainContextIsFiltered() {
    file(".dockerignore", "f\n");
    file("f", "ignored");
    file("g", "1");
    assertThat(failure("FROM scratch\nCOPY f /\n")).hasMessageContaining("not found");
    BuiltImage image =
        build("FROM scratch AS a\nCOPY g /f\nFROM scratch\nCOPY --from=a /f /f\nCOPY <<f /h/\nf\n");
    assertThat(image.has("/f")).isTrue();
    assertThat(image.has("/h/f")).isTrue();
  }

  @Test
  void item96aBadPatternIsAnErrorThatNamesIt() {
    file(".dockerignore", "!\n");
    assertThat(failureOfContext()).contains("!");
    file(".dockerignore", "[a\n");
    assertThat(failureOfContext()).contains("[a");
  }

  private String failureOfContext() {
    file("Dockerfile", "FROM scratch\nCOPY . /\n");
    return failure("", (BuildRequest.Builder r) -> r.dockerfile(DockerfileSource.InContext.DEFAULT))
        .getMessage();
  }
}
