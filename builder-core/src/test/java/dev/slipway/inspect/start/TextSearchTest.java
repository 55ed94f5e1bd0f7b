package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextSearchTest {
  @Test
  void textsAreFoundWhereverTheyStand() {
    List<String> texts = List.of("/etc/ssl/certs.pem", "/etc/pem", "caf\u00e9");
    byte[] noise = new byte[200];
    new Random(7).nextBytes(noise);
    assertThat(TextSearch.find(noise, texts, 0)).isNegative();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      for (int at = 0; at <= noise.length - bytes.length; at++) {
        byte[] constants = noise.clone();
        System.arraycopy(bytes, 0, constants, at, bytes.length);
        assertThat(TextSearch.find(constants, texts, 0)).as(text + " at " + at).isEqualTo(at);
        assertThat(TextSearch.find(constants, texts, at + 1)).as(text + " behind").isNegative();
        constants[at + bytes.length - 1]++;
        assertThat(TextSearch.find(constants, texts, 0)).as(text + " spoilt at " + at).isNegative();
      }
    }
  }

  @Test
  void aTextThatIsCutOffIsNone() {
    byte[] constants = "....../etc/pe".getBytes(StandardCharsets.UTF_8);

    assertThat(TextSearch.find(constants, List.of("/etc/pem"), 0)).isNegative();
    assertThat(TextSearch.find(new byte[0], List.of("/etc/pem"), 0)).isNegative();
  }
}
