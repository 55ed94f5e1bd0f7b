package dev.slipway.session.findings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.RepairedDockerfile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileRepairTest {
  private static final List<String> LINES = List.of("COPY --from=a /x /x", "COPY --from=a /y /y");

  private static RepairedDockerfile add(String text, int stage) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return DockerfileRepair.add(
        new RepairedDockerfile("Dockerfile", bytes, 1, List.of(), List.of()), stage, LINES);
  }

  private static String text(RepairedDockerfile repaired) {
    return new String(repaired.bytes(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void linesStandBehindTheLastChangeOfFiles() {
    RepairedDockerfile repaired =
        add("FROM x AS a\nFROM scratch\nCOPY --from=a /b /b\n\nUSER 1\nCMD [\"/b\"]\n", 1);

    assertThat(text(repaired))
        .isEqualTo(
            "FROM x AS a\nFROM scratch\nCOPY --from=a /b /b\nCOPY --from=a /x /x\n"
                + "COPY --from=a /y /y\n\nUSER 1\nCMD [\"/b\"]\n");
    assertThat(repaired.line()).isEqualTo(4);
  }

  @Test
  void aStageThatChangesNothingGetsThemBehindFrom() {
    assertThat(text(add("FROM x AS a\nFROM a\nCMD b\n", 1)))
        .isEqualTo("FROM x AS a\nFROM a\nCOPY --from=a /x /x\nCOPY --from=a /y /y\nCMD b\n");
  }

  @Test
  void continuationsAndHereDocumentsStayWhole() {
    assertThat(text(add("FROM a\nRUN <<E \\\n  two\necho\nE\n# end\n", 0)))
        .isEqualTo(
            "FROM a\nRUN <<E \\\n  two\necho\nE\n"
                + "COPY --from=a /x /x\nCOPY --from=a /y /y\n# end\n");
  }

  @Test
  void lineEndsAndTheirLackAreKept() {
    assertThat(text(add("FROM a\r\nCOPY b c", 0)))
        .isEqualTo("FROM a\r\nCOPY b c\r\nCOPY --from=a /x /x\r\nCOPY --from=a /y /y");
  }

  @Test
  void bytesThatAreNoUtf8AreKept() {
    assertThat(text(add("# caf\u00e9\nFROM a\nCMD b\n", 0)))
        .startsWith("# caf\u00e9\nFROM a\nCOPY --from=a /x /x\n");
  }

  @Test
  void anotherStageThanTheLastCanBeRepaired() {
    assertThat(text(add("FROM a AS one\nCMD b\nFROM one\nCOPY x y\n", 0)))
        .isEqualTo(
            "FROM a AS one\nCOPY --from=a /x /x\nCOPY --from=a /y /y\nCMD b\n"
                + "FROM one\nCOPY x y\n");
  }
}
