package dev.slipway.inspect.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagAdviceTest {
  @ParameterizedTest
  @ValueSource(strings = {"latest", "main", "stable"})
  void aTagWithoutAVersionIsToldOf(String tag) {
    HygieneFinding finding = TagAdvice.of(tag, Map.of()).orElseThrow();

    assertThat(finding.kind().isProblem()).isFalse();
    assertThat(finding.message()).contains("tag \"" + tag + "\" does not say what is inside");
    assertThat(finding.advice()).contains("as X.Y.Z-N:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3-4", "22.04", "v7", "sha-1f2e"})
  void aVersionIsGoodEnough(String tag) {
    assertThat(TagAdvice.of(tag, Map.of())).isEmpty();
  }

  @Test
  void theVersionOfALabelIsSuggested() {
    Map<String, String> labels = Map.of("org.opencontainers.image.version", "3.1.4");

    assertThat(TagAdvice.of("latest", labels).orElseThrow().advice()).contains("as 3.1.4-1:");
  }
}
