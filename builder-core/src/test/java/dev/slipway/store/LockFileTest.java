package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LockFileTest {
  @TempDir Path temp;

  private LockFile takeAtOnce(Path file) throws IOException {
    return LockFile.take(
        file,
        () -> {
          throw new IllegalStateException("would wait");
        });
  }

  @Test
  void theFileIsThereWhileTheLockIsHeld() throws IOException {
    Path file = temp.resolve("lock");
    for (int turn = 0; turn < 2; turn++) {
      LockFile lock = takeAtOnce(file);
      try {
        assertThat(file).exists();
        assertThatThrownBy(() -> takeAtOnce(file)).hasMessage("would wait");
        assertThatThrownBy(() -> takeAtOnce(file)).hasMessage("would wait");
      } finally {
        lock.close();
      }
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void aFileThatADeadProcessLeftIsNoObstacle() throws IOException {
    Path file = Files.createFile(temp.resolve("lock"));

    takeAtOnce(file).close();

    assertThat(file).doesNotExist();
  }

  @Test
  void anotherProcessIsWaitedFor() throws Exception {
    Process other = StoreProcess.start("hold-file", temp);
    try {
      Path file = Path.of(StoreProcess.line(other));
      assertThatThrownBy(() -> takeAtOnce(file)).hasMessage("would wait");
      other.getOutputStream().close();
      LockFile.take(file, () -> {}).close();
      assertThat(file).doesNotExist();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void aLockThatCannotBeMadeIsNamed() {
    assertThatThrownBy(() -> takeAtOnce(temp.resolve("none/lock")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none");
  }
}
