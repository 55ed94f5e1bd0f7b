package dev.slipway.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** B2: whom the copies belong to, and what else is kept of them. */
class CopyMetadataTest extends BuildTest {
  private static final String ACCOUNTS = "FROM scratch\n" + ACCOUNT_FILES;

  private Path mode(String permissions, Path path) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void item18copyDoesNotCareForUser() throws IOException {
    mode("rwxr-x---", file("f", "1"));
    Files.setLastModifiedTime(workspace().context().resolve("f"), FileTime.fromMillis(86_400_000));
    BuiltImage image = build(ACCOUNTS + "USER app\nCOPY f /d/f\n");
    assertThat(image.stat("/d/f")).isEqualTo("750 0:0");
    assertThat(image.stat("/d")).isEqualTo("755 0:0");
    assertThat(image.entry("/d/f").metadata().mtimeSeconds()).isEqualTo(86_400);
  }

  @Test
  void item19and20directoriesOnTop() throws IOException {
    file("d/sub/f", "1");
    mode("rwx------", workspace().context().resolve("d"));
    mode("rwx------", workspace().context().resolve("d/sub"));
    BuiltImage image =
        build(
            """
            FROM scratch
            COPY d /new
            COPY --chmod=777 --chown=7:8 <<x /old/sub/x
            x
            COPY d /old
            """);
    assertThat(image.stat("/new")).isEqualTo("755 0:0");
    assertThat(image.stat("/new/sub")).isEqualTo("700 0:0");
    assertThat(image.stat("/old")).isEqualTo("777 7:8");
    assertThat(image.stat("/old/sub")).isEqualTo("700 0:0");
  }

  @Test
  void item21missingParentsGetTheOwner() {
    file("f", "1");
    BuiltImage image = build("FROM scratch\nCOPY --chown=7:8 f /a/b/f\nADD --chmod=700 f /c/d/f\n");
    assertThat(image.stat("/a")).isEqualTo("755 7:8");
    assertThat(image.stat("/a/b/f")).isEqualTo("644 7:8");
    assertThat(image.stat("/c/d")).isEqualTo("700 0:0");
  }

  @Test
  void item22chmod() {
    file("d/sub/f", "1");
    BuiltImage image =
        build("FROM scratch\nCOPY --chmod=644 d /a\nCOPY --chmod=u=rwX,go=rX d /b\n");
    assertThat(image.stat("/a/sub")).isEqualTo("644 0:0");
    assertThat(image.stat("/b/sub")).isEqualTo("755 0:0");
    assertThat(image.stat("/b/sub/f")).isEqualTo("644 0:0");
    assertThat(failure("FROM scratch\nCOPY --chmod=10000 d /a\n")).hasMessageContaining("10000");
    assertThat(failure("FROM scratch\nCOPY --chmod=u=q d /a\n")).hasMessageContaining("u=q");
  }

  @Test
  void item23chownKnowsTheDestinationsAccounts() {
    file("f", "1");
    BuiltImage image =
        build(
            ACCOUNTS
                + """
                COPY --chown=5 f /number
                COPY --chown=:9 f /group
                COPY --chown=:staff f /groupname
                COPY --chown=app f /name
                COPY --chown=app:staff f /both
                COPY --chown=1000 f /listed
                COPY --chown=app: f /nogroup
                """);
    assertThat(image.stat("/number")).isEqualTo("644 5:5");
    assertThat(image.stat("/group")).isEqualTo("644 0:9");
    assertThat(image.stat("/groupname")).isEqualTo("644 0:50");
    assertThat(image.stat("/name")).isEqualTo("644 1000:1001");
    assertThat(image.stat("/both")).isEqualTo("644 1000:50");
    assertThat(image.stat("/listed")).isEqualTo("644 1000:1000");
    assertThat(image.stat("/nogroup")).isEqualTo("644 1000:0");
  }

  @Test
  void item23rootIsKnownWithoutAccounts() {
    file("f", "1");
    BuiltImage image = build("FROM scratch\nCOPY --chown=root f /a\nCOPY --chown=5:root f /b\n");
    assertThat(image.stat("/a")).isEqualTo("644 0:0");
    assertThat(image.stat("/b")).isEqualTo("644 5:0");
  }

  @Test
  void item24anUnknownNameIsAnError() {
    file("f", "1");
    assertThat(failure(ACCOUNTS + "COPY --chown=nobody f /f\n")).hasMessageContaining("nobody");
    assertThat(failure("FROM scratch\nCOPY --chown=app:nogroup f /f\n"))
        .hasMessageContaining("app");
  }

  @Test
  void item25setuidBitsOfContextFilesAreKept() throws IOException {
    Files.setAttribute(file("f", "1"), "unix:mode", 04755);
    assertThat(build("FROM scratch\nCOPY f /\n").stat("/f")).isEqualTo("4755 0:0");
  }

  @Test
  void item27copyFromKeepsOwnersModesAndLinks() throws IOException {
    Files.createLink(workspace().context().resolve("l/b"), file("l/a", "1"));
    file("f", "1");
    BuiltImage image =
        build(
            """
            FROM scratch AS a
            COPY --chown=3:4 --chmod=4711 f /d/f
            COPY l /l
            FROM scratch
            COPY --from=a /d/f /g
            COPY --from=a /d /e
            COPY --from=a /l /m
            """);
    assertThat(image.stat("/g")).isEqualTo("4711 3:4");
    assertThat(image.stat("/e/f")).isEqualTo("4711 3:4");
    assertThat(image.stat("/e")).isEqualTo("755 0:0");
    assertThat(image.entry("/m/a")).isSameAs(image.entry("/m/b"));
    assertThat(image.entry("/m/a").linked()).isTrue();
  }

  @Test
  void item28hardLinksInsideOneSource() throws IOException {
    Files.createLink(workspace().context().resolve("d2"), file("d/a", "1"));
    Files.createLink(workspace().context().resolve("d/b"), workspace().context().resolve("d/a"));
    BuiltImage image = build("FROM scratch\nCOPY d /x\nCOPY d/a d2 /y/\n");
    assertThat(image.entry("/x/a")).isSameAs(image.entry("/x/b"));
    assertThat(image.entry("/y/a")).isNotSameAs(image.entry("/y/d2"));
  }

  @Test
  void item30linkWithChmodLooksAtTheDestination() {
    workspace().link("tree/to", "real");
    workspace().directory("tree/real");
    file("f", "1");
    BuiltImage image = build("FROM scratch\nCOPY tree /\nCOPY --link --chmod=600 f /to/f\n");
    assertThat(image.stat("/real/f")).isEqualTo("600 0:0");
  }

  @Test
  void item31parents() {
    file("a/b/c", "1");
    BuiltImage image =
        build(
            """
            FROM scratch
            COPY --parents ./a/./b/c /d/
            COPY --parents a/b/c /e/
            COPY --parents a/*/none* /f/
            """);
    assertThat(image.has("/d/b/c")).isTrue();
    assertThat(image.has("/e/a/b/c")).isTrue();
    assertThat(failure("FROM scratch\nCOPY --parents a/b/none /f/\n")).hasMessageContaining("none");
  }

  @Test
  void item32excludeMeansFilesThatAreNamedToo() {
    file("hom.txt", "1");
    file("home", "2");
    file("d/e/x.txt", "3");
    file("d/e/y", "4");
    BuiltImage image =
        build("FROM scratch\nCOPY --exclude=*.txt hom* /m/\nCOPY --exclude=**/*.txt d /n/\n");
    assertThat(image.has("/m/home")).isTrue();
    assertThat(image.has("/m/hom.txt")).isFalse();
    assertThat(image.has("/n/e/y")).isTrue();
    assertThat(image.has("/n/e/x.txt")).isFalse();
  }

  @Test
  void item33timesAreKeptAndDoNotCount() throws IOException {
    Path file = file("f", "1");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
    BuiltImage first = build("FROM scratch\nCOPY f /f\n");
    assertThat(first.entry("/f").metadata().mtimeSeconds()).isEqualTo(1_000_000_000);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_100_000_000_000L));
    BuiltImage second = build("FROM scratch\nCOPY f /f\n");
    assertThat(second.log().cached()).containsExactly("COPY f /f");
    assertThat(second.diffIds()).isEqualTo(first.diffIds());
  }

  @Test
  void item34aNameThatIsADeletionInALayerIsRefused() {
    file("d/.wh.foo", "1");
    assertThat(failure("FROM scratch\nCOPY d /\n")).hasMessageContaining(".wh.foo");
    assertThat(failure("FROM scratch\nCOPY d/.wh.foo /x/\n")).hasMessageContaining(".wh.foo");
  }
}
