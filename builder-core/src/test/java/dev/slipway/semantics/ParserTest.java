package dev.slipway.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** B6: what the parser makes of a text, as far as an image shows it. */
class ParserTest extends BuildTest {
  @Test
  void item64theEscapeDirective() {
    assertThat(build("# escape=`\nFROM scratch\nENV a=`\n1 b=\\\n").config().env())
        .contains("a=1", "b=\\");
  }

  @Test
  void item65and66linesThatGoOn() {
    BuiltImage image = build("FROM scratch\n  LABEL a=1 \\\n# comment\n\n   b=2 \\  \n  c='#3'\n");
    assertThat(image.config().labels())
        .containsEntry("a", "1")
        .containsEntry("b", "2")
        .containsEntry("c", "#3");
    assertThat(image.warnings()).anyMatch(text -> text.contains("mpty continuation"));
  }

  @Test
  void item67aLongLine() {
    String value = "x".repeat(70_000);
    assertThat(build("FROM scratch\nLABEL a=" + value + "\n").config().labels())
        .containsEntry("a", value);
  }

  @Test
  void item68and70documents() {
    BuiltImage image =
        build(
            """
            FROM scratch
            ENV x=1
            COPY <<a <<-"b" /d/
            $x
            a
            \t$x
            \tb
            COPY <<f /g
            f
            """);
    assertThat(image.files())
        .containsExactly("755 0:0 d/", "644 0:0 d/a = 1\n", "644 0:0 d/b = $x\n", "644 0:0 g = ");
    assertThat(failure("FROM scratch\nCOPY <<a /b\nno end\n")).hasMessageContaining("a");
  }
}
