package dev.slipway.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.diagnostic.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is given for a Dockerfile and is no text gets one error, not one a line. */
class NoTextTest {
  private static List<String> errors(byte[] bytes) {
    return DockerfileParser.read("f", bytes).errors().stream().map(Diagnostic::render).toList();
  }

  @Test
  void textOfAnotherEncodingIsNamed() {
    String text = "\ufeffFROM scratch\r\nCOPY a /\r\nCOPY b /\r\n";
    List<String> errors = errors(text.getBytes(StandardCharsets.UTF_16LE));
    assertThat(errors).hasSize(1);
    assertThat(errors.get(0))
        .startsWith("f:1:1: error: the Dockerfile is no text in UTF-8")
        .contains("hint: it looks like UTF-16");
    assertThat(errors(text.getBytes(StandardCharsets.UTF_16BE)).get(0))
        .contains("hint: it looks like UTF-16");
  }

  @Test
  void bytesOfAnythingElseAreNot() {
    List<String> errors = errors(new byte[] {31, 8, 0, '\n', 0, 'a', '\n', 'b', '\n'});
    assertThat(errors).hasSize(1);
    assertThat(errors.get(0)).contains("hint: expected the text of a Dockerfile");
  }

  @Test
  void aNulInAWordIsNoReasonToRefuseIt() {
    assertThat(errors("FROM scratch\n# \0\n".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }
}
