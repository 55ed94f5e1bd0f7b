package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import dev.slipway.sandbox.SandboxKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerFilesTest {
  @TempDir Path cache;

  @Test
  void theNativeLibraryIsKeptUnderItsVersion() {
    assertThat(WorkerFiles.JNA_VERSION).isEqualTo(Native.VERSION);
  }

  @Test
  void aWorkerOfAnEmbedderGetsTheSmallJar() throws Exception {
    WorkerFiles files = prepare(WorkerJvm.of(Path.of("java")));

    assertThat(files.jar()).startsWith(cache).isNotEmptyFile();
    assertThat(files.natives().resolve("libjnidispatch.so")).isNotEmptyFile();
    assertThat(files.scratch()).isEmptyDirectory();
    assertThat(prepare(WorkerJvm.of(Path.of("java")))).isEqualTo(files);
  }

  @Test
  void aJarThatIsGivenIsUsedWhereItIs() throws Exception {
    Path jar = Files.createFile(cache.resolve("all.jar"));

    WorkerFiles files =
        prepare(new WorkerJvm(Path.of("java"), Optional.of(jar), List.of("-Xshare:auto")));

    assertThat(files.jar()).isEqualTo(jar);
  }

  private WorkerFiles prepare(WorkerJvm jvm) throws Exception {
    return WorkerFiles.prepare(
        new WorkerSettings(jvm, cache, SandboxKind.AUTO, List.of()), "linux-x86-64");
  }
}
