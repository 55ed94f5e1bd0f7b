package dev.slipway.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void whatActsUponATerminalIsShownInstead() {
    assertThat(VisibleText.of("a\u001b]0;t\u0007b\u007f\rc\0")).isEqualTo("a␛]0;t␇b␡␍c␀");
    assertThat(VisibleText.of("\u009b2J")).isEqualTo("\uFFFD2J");
  }

  @Test
  void whatTurnsTheOrderOfLettersRoundIsShownInstead() {
    assertThat(VisibleText.of("a\u202eb\u2066c")).isEqualTo("a\uFFFDb\uFFFDc");
  }

  @Test
  void allElseStaysAsItIs() {
    String text = "a\tb\ncafé 文 \uD83D\uDEA2 \u00a0";
    assertThat(VisibleText.of(text)).isSameAs(text);
  }

  @Test
  void aDiagnosticShowsNothingThatActsUponATerminal() {
    SourceFile file = new SourceFile("D\u001b[2J", "FROM x\nCOPY a\u001b]0;t\u0007b /x\n");
    SourceSpan span = new SourceSpan(file, 12, 22);
    Diagnostic diagnostic =
        Diagnostic.error("\"a\u001b]0;t\u0007b\" not found", span).withHint("\u001b[31m");
    assertThat(diagnostic.render())
        .isEqualTo(
            """
            D␛[2J:2:6: error: "a␛]0;t␇b" not found
            COPY a␛]0;t␇b /x
                 ^^^^^^^^^^
            hint: ␛[31m""");
    assertThat(diagnostic.excerpt()).startsWith("COPY a␛]0;t␇b /x\n");
  }
}
