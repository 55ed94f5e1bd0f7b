package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.Processes.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's face: exit codes, streams, messages. */
class CommandLineTest {
  @TempDir Path directory;

  private Slipway slipway() {
    return Slipway.storingIn(directory.resolve("store"));
  }

  @Test
  void theVersionGoesToStandardOutput() {
    Ended ended = slipway().bare("--version").run().orFail();
    assertThat(ended.text()).startsWith("slipway ").hasLineCount(1);
    assertThat(ended.errors()).isEmpty();
  }

  @Test
  void aWrongCommandLineEndsWith2() {
    Ended ended = slipway().bare("build", "--tga", "x", ".").run();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.errors()).contains("unknown option \"--tga\"", "did you mean \"--tag\"?");
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(slipway().bare("--help").run().orFail().text())
        .contains("build", "doctor", "cache du", "cache prune");
  }

  @Test
  void aSyntaxErrorEndsWith1AndShowsTheLineWithACaret() throws Exception {
    Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\nCPOY a b\n");
    Ended ended = slipway().build(directory);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.errors()).contains(":2:1: error: ", "CPOY a b\n^^^^");
  }

  @Test
  void namesThatAreNotAsciiSurviveAnyLocale() throws Exception {
    Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\nCOPY café /\n");
    Files.writeString(directory.resolve("café"), "x");
    Path out = directory.resolve("out");
    for (String locale : new String[] {"C", "POSIX", "de_AT.ISO-8859-1", "en_US.UTF-8"}) {
      slipway().process("build", "-o", out, directory).with("LC_ALL", locale).run().orFail();
      assertThat(out.resolve("café")).exists();
    }
  }

  @Test
  void theIdAndTheMetadataAreWrittenAsBuildxDoes() throws Exception {
    Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
    Path id = directory.resolve("id");
    Path metadata = directory.resolve("metadata");
    Ended ended =
        slipway()
            .build("-q", "-t", "a/b:c", "--iidfile", id, "--metadata-file", metadata, directory)
            .orFail();
    assertThat(ended.text().strip()).matches("sha256:[0-9a-f]{64}").isEqualTo(Files.readString(id));
    assertThat(Files.readString(metadata))
        .contains("\"containerimage.config.digest\":\"" + Files.readString(id) + "\"")
        .contains("\"image.name\":\"docker.io/a/b:c\"");
  }
}
