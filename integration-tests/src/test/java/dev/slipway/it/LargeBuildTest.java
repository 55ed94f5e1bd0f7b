package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.Processes.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whole builds of a size that shows whether memory is bounded. They take minutes, so they run only
 * when asked for: {@code mvn verify -Dslipway.large=true -Dit.test=LargeBuildTest}.
 */
@EnabledIfSystemProperty(
    named = "slipway.large",
    matches = "true",
    disabledReason = "large builds are tested with -Dslipway.large=true")
class LargeBuildTest {
  private static final int DIRECTORIES = 1000;
  private static final int FILES_EACH = 1000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** The layer is the largest file of the image. */
  private static final String COUNT_MEMBERS =
      "tar -xOf \"$1\" \"$(tar -tvf \"$1\" | sort -n -k 3 | tail -n 1 | awk '{print $NF}')\""
          + " | tar -tzf - | wc -l";

  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  @BeforeEach
  void makeAMillionFiles() throws IOException {
    for (int i = 0; i < DIRECTORIES; i++) {
      Path directory = Files.createDirectories(WORKSPACE.path("context/data/directory" + i));
      for (int j = 0; j < FILES_EACH; j++) {
        Files.writeString(directory.resolve("file" + j + ".txt"), i + " " + j + "\n");
      }
    }
    WORKSPACE.write("context/Dockerfile", "FROM scratch\nCOPY data /data\n");
  }

  /** Takes minutes too, where the disk is slow. */
  @AfterEach
  void deleteThem() {
    Processes.command("rm", "-rf", WORKSPACE.path("context").toString())
        .within(PATIENCE.multipliedBy(3))
        .run()
        .orFail();
  }

  @Test
  void aMillionFilesAreBuiltAndBuiltAgainInHalfAGigabyte() throws IOException {
    String first = build();
    Ended members =
        Processes.command("sh", "-c", COUNT_MEMBERS, "sh", WORKSPACE.path("image.tar").toString())
            .within(PATIENCE)
            .run()
            .orFail();
    assertThat(members.text().strip())
        .isEqualTo(Integer.toString(1 + DIRECTORIES + DIRECTORIES * FILES_EACH));
    assertThat(build()).as("nothing changed").isEqualTo(first);
    WORKSPACE.write("context/data/directory500/file500.txt", "changed\n");
    assertThat(build()).as("a file changed").isNotEqualTo(first);
  }

  /** The image's id. */
  private static String build() {
    return WORKSPACE
        .freshSlipway()
        .process(
            "build",
            "--quiet",
            "--output=type=oci,dest=" + WORKSPACE.path("image.tar"),
            WORKSPACE.path("context"))
        .with("SLIPWAY_JAVA_OPTS", "-Xmx512m")
        .within(PATIENCE)
        .run()
        .orFail()
        .text()
        .strip();
  }
}
