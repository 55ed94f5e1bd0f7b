package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class CopiedGroundTest {
  @TempDir Path folder;

  /** Makes and leaves grounds, as workers do that start and end all the time. */
  static final class Workers {
    private Workers() {}

    public static void main(String[] arguments) throws IOException {
      for (int i = 0; i < 400; i++) {
        CopiedGround ground = CopiedGround.make(null, Path.of(arguments[0]));
        Files.createFile(ground.scratch().resolve("file"));
        ground.close();
      }
    }
  }

  @Test
  @Timeout(120)
  void workersThatStartAtTheSameTimeDoNotTakeEachOthersForAbandoned() throws Exception {
    List<Process> processes = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        processes.add(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Workers.class.getName(),
                    folder.toString())
                .redirectErrorStream(true)
                .start());
      }
      for (Process each : processes) {
        String said = new String(each.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(each.waitFor()).as(said).isZero();
      }
    } finally {
      for (Process each : processes) {
        each.destroyForcibly().waitFor();
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatAKilledWorkerLeftIsDeleted() throws IOException {
    Files.createDirectories(folder.resolve("rootsab12/usr/bin"));
    Files.createFile(folder.resolve("rootsab12.lock"));

    CopiedGround ground = CopiedGround.make(null, folder);

    assertThat(folder.resolve("rootsab12")).doesNotExist();
    assertThat(folder.resolve("rootsab12.lock")).doesNotExist();
    ground.close();
    assertThat(folder).isEmptyDirectory();
  }
}
