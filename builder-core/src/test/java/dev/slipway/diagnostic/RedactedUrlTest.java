package dev.slipway.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactedUrlTest {
  @Test
  void everyUrlOfATextLosesItsUser() {
    assertThat(RedactedUrl.everyIn("ADD https://me:secret@host/x?y=@z HTTP://secret@h /x"))
        .isEqualTo("ADD https://***@host/x?y=@z HTTP://***@h /x");
    assertThat(RedactedUrl.everyIn("git clone https://${USER}:${PASS}@host/r"))
        .isEqualTo("git clone https://***@host/r");
    assertThat(RedactedUrl.everyIn("https://host/a@b ssh://git@host/r git@host:r"))
        .isEqualTo("https://host/a@b ssh://git@host/r git@host:r");
  }

  @Test
  void anExcerptShowsNoneAndPointsToTheSamePlace() {
    SourceFile file = new SourceFile("Dockerfile", "ADD http://me:secret@host/x /x\n");
    int start = file.text().indexOf("/x /x") + 3;

    assertThat(Diagnostic.error("wrong", file.span(start, start + 2)).render())
        .isEqualTo(
            """
            Dockerfile:1:29: error: wrong
            ADD http://*********@host/x /x
                                        ^^\
            """);
  }
}
