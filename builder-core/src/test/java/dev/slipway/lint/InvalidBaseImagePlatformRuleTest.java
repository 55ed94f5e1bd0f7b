package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InvalidBaseImagePlatformRuleTest {
  @Test
  void anotherArchitectureIsFound() {
    assertThat(
            Lint.findings(
                Lint.inputs().base(0, new BaseImageFacts(Map.of(), false, Lint.ARM64, Lint.AMD64)),
                "ARG x=a",
                "FROM $x"))
        .containsExactly(
            "2 InvalidBaseImagePlatform: Base image a was pulled with platform \"linux/arm64\", expected \"linux/amd64\" for current build");
  }

  @Test
  void theSameIsFine() {
    assertThat(Lint.findings("FROM a")).isEmpty();
  }
}
