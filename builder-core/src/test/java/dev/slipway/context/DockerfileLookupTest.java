package dev.slipway.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.BuildException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerfileLookupTest {
  @TempDir Path temp;
  private Path context;

  @BeforeEach
  void makeContext() throws IOException {
    context = Files.createDirectory(temp.resolve("context"));
  }

  private void write(String name, String text) throws IOException {
    Path file = context.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String text(DockerfileText found) {
    return new String(found.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void semantics94_aDockerfileIsReadEvenIfIgnored() throws IOException {
    write("Dockerfile", "FROM scratch");
    write(".dockerignore", "*");
    DockerfileText found = DockerfileLookup.inDirectory(context, "Dockerfile");
    assertThat(text(found)).isEqualTo("FROM scratch");
    assertThat(found.ignore()).hasToString("[*]");
  }

  @Test
  void semantics95_theDockerfilesOwnIgnoreFileReplacesTheOther() throws IOException {
    write("docker/prod", "FROM scratch");
    write("docker/prod.dockerignore", "b");
    write("Dockerfile", "FROM scratch");
    write(".dockerignore", "a");
    assertThat(DockerfileLookup.inDirectory(context, "docker/prod").ignore()).hasToString("[b]");
    assertThat(DockerfileLookup.inDirectory(context, "Dockerfile").ignore()).hasToString("[a]");
    assertThat(DockerfileLookup.ofFile(context, context.resolve("docker/prod")).ignore())
        .hasToString("[b]");
    assertThat(DockerfileLookup.ignoreIn(context)).hasToString("[a]");
  }

  @Test
  void anEmptyOwnIgnoreFileReplacesTheOtherToo() throws IOException {
    write("Dockerfile", "FROM scratch");
    write("Dockerfile.dockerignore", "");
    write(".dockerignore", "a");
    assertThat(DockerfileLookup.inDirectory(context, "Dockerfile").ignore().isEmpty()).isTrue();
  }

  @Test
  void podmansIgnoreFileCountsWhereThereIsNoneOfDockers() throws IOException {
    write("Containerfile", "FROM scratch");
    write(".containerignore", "a");
    assertThat(DockerfileLookup.inDirectory(context, "Dockerfile").ignore()).hasToString("[a]");
    assertThat(DockerfileLookup.ignoreIn(context)).hasToString("[a]");
    write("Containerfile.containerignore", "b");
    assertThat(DockerfileLookup.inDirectory(context, "Dockerfile").ignore()).hasToString("[b]");
    assertThat(DockerfileLookup.ofFile(context, context.resolve("Containerfile")).ignore())
        .hasToString("[b]");
    write("Containerfile.dockerignore", "c");
    write(".dockerignore", "d");
    assertThat(DockerfileLookup.inDirectory(context, "Dockerfile").ignore()).hasToString("[c]");
    assertThat(DockerfileLookup.ignoreIn(context)).hasToString("[d]");
  }

  @Test
  void aFileOutsideOfTheContextGoesWithTheContextsIgnoreFile() throws IOException {
    write(".dockerignore", "a");
    Path outside = Files.writeString(temp.resolve("other"), "FROM x");
    DockerfileText found = DockerfileLookup.ofFile(context, outside);
    assertThat(text(found)).isEqualTo("FROM x");
    assertThat(found.ignore()).hasToString("[a]");
    assertThat(DockerfileLookup.ofFile(null, outside).ignore().isEmpty()).isTrue();
  }

  @Test
  void aLowerCaseDockerfileIsTakenWhereThereIsNoOther() throws IOException {
    write("dockerfile", "FROM x");
    assertThat(DockerfileLookup.inDirectory(context, "Dockerfile").name()).isEqualTo("dockerfile");
  }

  @Test
  void aContainerfileIsTakenWhereThereIsNoDockerfile() throws IOException {
    write("Containerfile", "FROM x");
    write("Containerfile.dockerignore", "a");
    DockerfileText found = DockerfileLookup.inDirectory(context, "Dockerfile");
    assertThat(found.name()).isEqualTo("Containerfile");
    assertThat(found.ignore()).hasToString("[a]");
    write("Dockerfile", "FROM y");
    assertThat(text(DockerfileLookup.inDirectory(context, "Dockerfile"))).isEqualTo("FROM y");
  }

  @Test
  void aLinkIsFollowedInsideTheContextOnly() throws IOException {
    write("real/it", "FROM x");
    Files.createSymbolicLink(context.resolve("Dockerfile"), Path.of("real/it"));
    assertThat(text(DockerfileLookup.inDirectory(context, "Dockerfile"))).isEqualTo("FROM x");
    Path secret = Files.writeString(temp.resolve("secret"), "host bytes");
    Files.createSymbolicLink(context.resolve("escape"), secret);
    Files.createSymbolicLink(context.resolve("climb"), Path.of("../secret"));
    assertThatThrownBy(() -> DockerfileLookup.inDirectory(context, "escape"))
        .hasMessageEndingWith("not found")
        .extracting(e -> ((BuildException) e).hint())
        .isEqualTo("it is a link, and leads to no file of its directory");
    assertThatThrownBy(() -> DockerfileLookup.inDirectory(context, "climb"))
        .hasMessageEndingWith("not found");
  }

  @Test
  void anIgnoreFileThatLeadsOutOfTheContextIsNotTakenForNone() throws IOException {
    write("Dockerfile", "FROM x");
    write("real", "secrets");
    Path outside = Files.writeString(temp.resolve("common.dockerignore"), "secrets");
    for (String name : List.of(".dockerignore", "Dockerfile.dockerignore")) {
      Path link = Files.createSymbolicLink(context.resolve(name), Path.of("real"));
      assertThat(DockerfileLookup.inDirectory(context, "Dockerfile").ignore())
          .hasToString("[secrets]");
      Files.delete(link);
      Files.createSymbolicLink(link, outside);
      assertThatThrownBy(() -> DockerfileLookup.inDirectory(context, "Dockerfile"))
          .isInstanceOf(ContextException.class)
          .hasMessage(
              "cannot read \""
                  + name
                  + "\": it is a link to \""
                  + outside
                  + "\", which is no file of the context");
      Files.delete(link);
    }
  }

  @Test
  void aMissingFileIsToldWithItsPathAndNearNames() throws IOException {
    write("Dockerfile.dev", "");
    write("Dokerfile", "");
    write("main.c", "");
    assertThatThrownBy(() -> DockerfileLookup.inDirectory(context, "Dockerfile"))
        .isInstanceOf(ContextException.class)
        .hasMessage("dockerfile \"" + context.resolve("Dockerfile") + "\" not found")
        .extracting(e -> ((BuildException) e).hint())
        .isEqualTo("did you mean \"Dokerfile\" or \"Dockerfile.dev\"?");
    Path misspelt = context.resolve("Dockerfile.deb");
    assertThatThrownBy(() -> DockerfileLookup.ofFile(context, misspelt))
        .hasMessage("dockerfile \"" + misspelt + "\" not found")
        .extracting(e -> ((BuildException) e).hint())
        .isEqualTo("did you mean \"Dockerfile.dev\"?");
  }

  @Test
  void aPathWrittenAsSeenFromTheContextIsGuessed() throws IOException {
    write("Dockerfile.dev", "");
    Path seenFromTheContext = temp.resolve("Dockerfile.dev");
    assertThatThrownBy(() -> DockerfileLookup.ofFile(context, seenFromTheContext))
        .hasMessage("dockerfile \"" + seenFromTheContext + "\" not found")
        .extracting(e -> ((BuildException) e).hint())
        .isEqualTo(
            "did you mean \""
                + context.resolve("Dockerfile.dev")
                + "\"? the path is not counted from the context");
  }

  @Test
  void aNameWithWildcardsStandsForItself() throws IOException {
    write("Dockerfile[1]", "FROM x");
    assertThat(text(DockerfileLookup.inDirectory(context, "Dockerfile[1]"))).isEqualTo("FROM x");
  }
}
