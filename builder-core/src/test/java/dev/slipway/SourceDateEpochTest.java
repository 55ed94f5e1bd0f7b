package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.semantics.BuildTest;
import org.junit.jupiter.api.Test;

class SourceDateEpochTest extends BuildTest {
  private static final String DOCKERFILE = "ARG SOURCE_DATE_EPOCH=10\nFROM scratch\nLABEL a=b\n";

  @Test
  void aGlobalArgumentOfTheDockerfileIsTheTimeOfTheImage() {
    assertThat(build(DOCKERFILE).imageConfig().created()).isEqualTo("1970-01-01T00:00:10Z");
  }

  @Test
  void aBuildArgumentGoesFirst() {
    assertThat(
            build(DOCKERFILE, request -> request.buildArg("SOURCE_DATE_EPOCH", "20"))
                .imageConfig()
                .created())
        .isEqualTo("1970-01-01T00:00:20Z");
    assertThat(
            build(DOCKERFILE, request -> request.buildArg("SOURCE_DATE_EPOCH", ""))
                .imageConfig()
                .created())
        .doesNotStartWith("1970");
  }

  @Test
  void whatIsNoTimeIsRefusedByName() {
    assertThat(failure("ARG SOURCE_DATE_EPOCH=context\nFROM scratch\n"))
        .hasMessage("invalid SOURCE_DATE_EPOCH 'context', expected seconds since 1970");
  }
}
