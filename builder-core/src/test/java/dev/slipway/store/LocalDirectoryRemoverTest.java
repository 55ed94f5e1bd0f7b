package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDirectoryRemoverTest {
  private final LocalDirectoryRemover remover = new LocalDirectoryRemover();
  @TempDir Path temp;

  @Test
  void aDirectoryThatDoesNotExistIsASuccess() throws IOException {
    remover.remove(temp.resolve("missing"));
  }

  @Test
  void removesDirectoriesThatTheirOwnerCannotEnter() throws IOException {
    Path inner = Files.createDirectories(temp.resolve("d/closed/inner"));
    Files.createFile(inner.resolve("file"));
    Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("r--------"));
    Files.setPosixFilePermissions(inner.getParent(), PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(temp.resolve("d"), PosixFilePermissions.fromString("r-x------"));
    remover.remove(temp.resolve("d"));
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void doesNotFollowLinks() throws IOException {
    Path outside = Files.createDirectories(temp.resolve("outside"));
    Files.createFile(outside.resolve("precious"));
    Path d = Files.createDirectories(temp.resolve("d"));
    Files.createSymbolicLink(d.resolve("link"), outside);
    Files.createSymbolicLink(temp.resolve("top"), outside);
    remover.remove(d);
    remover.remove(temp.resolve("top"));
    assertThat(outside.resolve("precious")).exists();
    assertThat(temp).isDirectoryNotContaining(p -> !p.equals(outside));
  }

  @Test
  void removesTreesDeeperThanPathsMayBeLong() throws IOException {
    Path d = Files.createDirectories(temp.resolve("d"));
    String name = "x".repeat(200);
    // Each turn wraps the tree so far into two more levels: more than 4096 characters at the end.
    for (int i = 0; i < 60; i++) {
      Path wrapper = Files.createDirectories(temp.resolve("wrapper/" + name));
      Files.move(d, wrapper.resolve(name));
      Files.move(temp.resolve("wrapper"), d);
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(d)) {
      assertThat(stream).isInstanceOf(SecureDirectoryStream.class);
    }
    remover.remove(d);
    assertThat(Files.exists(d, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }
}
