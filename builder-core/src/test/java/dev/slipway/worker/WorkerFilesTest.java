package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import dev.slipway.sandbox.SandboxKind;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    assertThat(files.library()).startsWith(cache).isNotEmptyFile();
    assertThat(files.scratch()).isEmptyDirectory();
    assertThat(prepare(WorkerJvm.of(Path.of("java")))).isEqualTo(files);
  }

  @Test
  void theSizesOfTheNativeLibrariesAreTheirs() throws Exception {
    for (Map.Entry<String, Long> each : WorkerFiles.LIBRARY_SIZES.entrySet()) {
      String name = "/com/sun/jna/" + each.getKey() + "/libjnidispatch.so";
      try (InputStream in = Native.class.getResourceAsStream(name)) {
        assertThat(in.readAllBytes()).hasSize(each.getValue().intValue());
      }
    }
  }

  @Test
  void whatIsDamagedOrOthersMayHaveWrittenIsMadeAnew() throws Exception {
    WorkerJvm jvm = WorkerJvm.of(Path.of("java"));
    for (Path file : List.of(prepare(jvm).jar(), prepare(jvm).library())) {
      byte[] whole = Files.readAllBytes(file);

      Files.write(file, Arrays.copyOf(whole, 1000));
      prepare(jvm);
      assertThat(file).hasBinaryContent(whole);

      Path planted = Files.write(cache.resolve("planted"), new byte[whole.length]);
      Files.delete(file);
      Files.createSymbolicLink(file, planted);
      prepare(jvm);
      assertThat(file).hasBinaryContent(whole).isRegularFile();
      assertThat(Files.isSymbolicLink(file)).isFalse();

      Files.write(file, new byte[whole.length]);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
      prepare(jvm);
      assertThat(file).hasBinaryContent(whole);
    }
  }

  @Test
  void whatIsWholeIsNotWrittenAgainButUsedNow() throws Exception {
    WorkerJvm jvm = WorkerJvm.of(Path.of("java"));
    Path library = prepare(jvm).library();
    Object inode = Files.getAttribute(library, "unix:ino");
    FileTime longAgo = FileTime.fromMillis(0);
    Files.setLastModifiedTime(library, longAgo);

    prepare(jvm);

    assertThat(Files.getAttribute(library, "unix:ino")).isEqualTo(inode);
    assertThat(Files.getLastModifiedTime(library)).isGreaterThan(longAgo);
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
        new WorkerSettings(jvm, cache, SandboxKind.AUTO, List.of()), WorkerIdentity.current());
  }
}
