package dev.slipway.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u001b[31mb\u001b[0mc",
        "a\u001b[2Jb\u001b[1;1Hc",
        "a\u001b]0;title\u0007bc",
        "a\u001b]8;;http://x\u001b\\bc",
        "a\u001bPquery\u001b\\b\u0000c\u009b",
        "abc\u001b[",
        "abc\u001b",
        "abc\u001b]never closed",
      })
  void nothingThatAStepPrintsReachesTheTerminalsControls(String text) {
    assertThat(ConsoleText.clean(text)).isEqualTo("abc");
  }

  @Test
  void ordinaryTextIsUntouched() {
    String text = "tab\tkept, ümläut, 日本語";
    assertThat(ConsoleText.clean(text)).isSameAs(text);
  }

  @Test
  void textIsCutToCellsNotCharacters() {
    assertThat(ConsoleText.fit("abcdef", 6)).isEqualTo("abcdef");
    assertThat(ConsoleText.fit("abcdefg", 6)).isEqualTo("abcde…");
    assertThat(ConsoleText.fit("日本語", 5)).isEqualTo("日本…");
    assertThat(ConsoleText.fit("日本語", 6)).isEqualTo("日本語");
    assertThat(ConsoleText.fit("a\tb", 20)).isEqualTo("a       b");
    assertThat(ConsoleText.fit("abc", 0)).isEmpty();
  }

  @Test
  void aCarriageReturnStartsTheLineOver() {
    LineSplitter splitter = new LineSplitter();
    byte[] bytes = "10%\r20%\r\nnext\r".getBytes(StandardCharsets.UTF_8);
    assertThat(splitter.add(bytes, bytes.length)).containsExactly("20%");
    assertThat(splitter.rest()).containsExactly("next");
  }

  @Test
  void aCharacterSplitBetweenTwoReadsIsOneCharacter() {
    LineSplitter splitter = new LineSplitter();
    byte[] bytes = "ü\n".getBytes(StandardCharsets.UTF_8);
    assertThat(splitter.add(bytes, 1)).isEmpty();
    assertThat(splitter.add(new byte[] {bytes[1], bytes[2]}, 2)).containsExactly("ü");
  }

  @Test
  void aLineWithoutAnEndIsCut() {
    LineSplitter splitter = new LineSplitter();
    byte[] bytes = "x".repeat(40_000).getBytes(StandardCharsets.UTF_8);
    assertThat(splitter.add(bytes, bytes.length)).hasSize(2);
  }
}
