package dev.slipway.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeywordTest {
  @Test
  void aKeywordIsKnownInAnyCase() {
    assertThat(Keyword.of("OnBuild")).isEqualTo(Keyword.ONBUILD);
  }

  @Test
  void aLetterThatOnlyFoldsToOneOfAKeywordIsAnother() {
    assertThat(Keyword.of("U\u017fER")).isNull(); // a long s
    assertThat(Keyword.of("V\u00d6LUME")).isNull();
    assertThat(Keyword.of("workd\u0131r")).isNull(); // an i without its dot
  }
}
