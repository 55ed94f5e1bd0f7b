package dev.slipway.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;

/** What was found by comparing images with those of BuildKit. */
class ComparedTest extends BuildTest {
  @Test
  void item109scratchHasTheRootAsWorkingDirectoryAndTheDefaultPath() {
    BuiltImage image = build("FROM scratch\nLABEL a=b\n");
    assertThat(image.config().workingDir()).isEqualTo("/");
    assertThat(image.config().envValue("PATH"))
        .isEqualTo("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  }

  @Test
  void item110aSlashAfterTheWorkdirStaysInTheConfig() {
    BuiltImage image = build("FROM scratch\nWORKDIR /tmp/\n");
    assertThat(image.config().workingDir()).isEqualTo("/tmp/");
    assertThat(image.files()).containsExactly("755 0:0 tmp/");
    assertThat(build("FROM scratch\nWORKDIR /a\nWORKDIR b/\n").config().workingDir())
        .isEqualTo("/a/b");
  }

  @Test
  void item111anImageWithoutLayersHasEmptyLists() throws IOException {
    BuiltImage image = build("FROM scratch\n");
    assertThat(image.layerCount()).isZero();
    assertThat(new String(image.image().configBytes(), StandardCharsets.UTF_8))
        .contains("\"diff_ids\":[]")
        .doesNotContain("null");
    assertThat(new String(image.image().manifest().bytes(), StandardCharsets.UTF_8))
        .contains("\"layers\":[]")
        .doesNotContain("null");
  }

  @Test
  void item113anotherContentOfTheSameNameSizeAndTimeIsSeen() throws IOException {
    Path file = file("f", "one");
    FileTime time = FileTime.fromMillis(1_500_000_000_000L);
    Files.setLastModifiedTime(file, time);
    assertThat(build("FROM scratch\nCOPY f /\n").text("/f")).isEqualTo("one");
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, time);
    assertThat(build("FROM scratch\nCOPY f /\n").text("/f")).isEqualTo("two");
    Path other = file("g", "six");
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(build("FROM scratch\nCOPY f /\n").text("/f")).isEqualTo("six");
  }

  @Test
  void item114whatBuildahDoesOtherwise() throws IOException {
    file("a/b/c.txt", "1");
    file("a/d.txt", "2");
    Files.setAttribute(file("s", ""), "unix:mode", 06755);
    file(".dockerignore", "a\n!a/b\n");
    BuiltImage image =
        build("FROM scratch\nCOPY --parents a/**/*.txt /p/\nCOPY s /\nONBUILD LABEL a=b\n");
    assertThat(image.files())
        .containsExactly(
            "755 0:0 p/",
            "755 0:0 p/a/",
            "755 0:0 p/a/b/",
            "644 0:0 p/a/b/c.txt = 1",
            "6755 0:0 s = ");
    assertThat(image.config().onBuild()).containsExactly("LABEL a=b");
  }
}
