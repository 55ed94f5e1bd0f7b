package dev.slipway.tree.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModeChangeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "755 600 755",
        "0 777 0",
        "4755 600 4755",
        "go-w 666 644",
        "u=rw,g=r,o=r 777 644",
        "a+x 644 755",
        "+x 644 755",
        "a+X 644 644",
        "a+X 744 755",
        "u+s 755 4755",
        "g+s 755 2755",
        "+t 755 1755",
        "u-s 4755 755",
        "g=u 740 770",
        "g-u 770 700",
        "o=g 750 755",
        "u=rwx,go=u-w 600 755",
        "= 755 0",
        "u= 4755 55",
        "ug+rw 600 660",
        "u+rw,g+r,o-x,o+w 755 756",
        "a-X 755 644",
      })
  void changesFiles(String text, String before, String after) {
    int changed = ModeChange.parse(text).apply(Integer.parseInt(before, 8), false);
    assertThat(Integer.toOctalString(changed)).isEqualTo(after);
  }

  @Test
  void xGivesExecuteToDirectories() {
    assertThat(ModeChange.parse("a+X").apply(0644, true)).isEqualTo(0755);
    assertThat(ModeChange.parse("u=rwX,go=rX").apply(0700, true)).isEqualTo(0755);
    assertThat(ModeChange.parse("u=rwX,go=rX").apply(0600, false)).isEqualTo(0644);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "10000", "0x1", "77777777777777", "u", "rw", "u+q", "u=r,", "z"})
  void refusesWhatIsNoMode(String text) {
    assertThatThrownBy(() -> ModeChange.parse(text))
        .isInstanceOf(CopyException.class)
        .hasMessage("invalid chmod parameter: \"" + text + "\"");
  }
}
