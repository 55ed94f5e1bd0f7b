package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreExceptionTest {
  @ParameterizedTest
  @CsvSource({
    "Read-only file system, choose a directory that can be written with --cache-dir",
    "No locks available, the file system has no file locks: choose another one with --cache-dir",
  })
  void whatToDoIsSaid(String reason, String hint) {
    StoreException refused =
        StoreException.of("create", Path.of("s"), new FileSystemException("s", null, reason));
    assertThat(refused).hasMessage("cannot create 's': " + reason);
    assertThat(refused.hint()).isEqualTo(hint);
    assertThat(
            StoreException.of("create", Path.of("s"), new AccessDeniedException("s", null, reason))
                .hint())
        .startsWith("choose a directory this user owns");
  }
}
