package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.Processes.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The program's face: exit codes, streams, messages. */
class CommandLineTest {
  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  @Test
  void theVersionGoesToStandardOutput() {
    Ended ended = WORKSPACE.slipway().bare("--version").run().orFail();
    assertThat(ended.text()).startsWith("slipway ").hasLineCount(1);
    assertThat(ended.errors()).isEmpty();
  }

  @Test
  void aWrongCommandLineEndsWith2() {
    Ended ended = WORKSPACE.slipway().bare("build", "--tga", "x", ".").run();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.errors()).contains("unknown option \"--tga\"", "did you mean \"--tag\"?");
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(WORKSPACE.slipway().bare("--help").run().orFail().text())
        .contains("build", "doctor", "cache du", "cache prune");
  }

  @Test
  void aSyntaxErrorEndsWith1AndShowsTheLineWithACaret() throws Exception {
    WORKSPACE.write("Dockerfile", "FROM scratch\nCPOY a b\n");
    Ended ended = WORKSPACE.slipway().build(WORKSPACE.directory());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.errors()).contains(":2:1: error: ", "CPOY a b\n^^^^");
  }

  @Test
  void namesThatAreNotAsciiSurviveAnyLocale() throws Exception {
    WORKSPACE.write("Dockerfile", "FROM scratch\nCOPY café /\n");
    WORKSPACE.write("café", "x");
    Path out = WORKSPACE.path("out");
    for (String locale : new String[] {"C", "POSIX", "de_AT.ISO-8859-1", "en_US.UTF-8"}) {
      WORKSPACE
          .slipway()
          .process("build", "-o", out, WORKSPACE.directory())
          .with("LC_ALL", locale)
          .run()
          .orFail();
      assertThat(out.resolve("café")).exists();
    }
  }

  @Test
  void theIdAndTheMetadataAreWrittenAsBuildxDoes() throws Exception {
    WORKSPACE.write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");
    Path id = WORKSPACE.path("id");
    Path metadata = WORKSPACE.path("metadata");
    Ended ended =
        WORKSPACE
            .slipway()
            .build(
                "-q",
                "-t",
                "a/b:c",
                "--iidfile",
                id,
                "--metadata-file",
                metadata,
                WORKSPACE.directory())
            .orFail();
    assertThat(ended.text().strip()).matches("sha256:[0-9a-f]{64}").isEqualTo(Files.readString(id));
    assertThat(Files.readString(metadata))
        .contains("\"containerimage.config.digest\":\"" + Files.readString(id) + "\"")
        .contains("\"image.name\":\"docker.io/a/b:c\"");
  }

  @Test
  void aFileThatCannotBeWrittenIsToldBeforeTheBuild() throws Exception {
    WORKSPACE.write("Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");
    Path nowhere = WORKSPACE.path("nowhere");
    Ended ended =
        WORKSPACE.slipway().build("--iidfile", nowhere.resolve("id"), WORKSPACE.directory());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.errors())
        .isEqualTo("error: --iidfile: there is no directory \"" + nowhere + "\" to write to\n");
  }
}
