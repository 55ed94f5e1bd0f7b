package dev.slipway.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearFileNamesTest {

  @Test
  void theNearestComesFirstAndThreeAtMost() {
    assertThat(NearestName.files("app.jr", List.of("app.jars", "app.jar", "other")))
        .containsExactly("app.jar", "app.jars");
    assertThat(NearestName.files("abcdef", List.of("abcdeg", "abcdeh", "abcdei", "abcdej")))
        .containsExactly("abcdeg", "abcdeh", "abcdei");
  }

  @Test
  void caseDoesNotMatter() {
    assertThat(NearestName.files("README.MD", List.of("Readme.md"))).containsExactly("Readme.md");
  }

  @Test
  void aNameInsideAnotherIsNear() {
    assertThat(NearestName.files("Dockerfile", List.of("prod.Dockerfile", "Makefile")))
        .containsExactly("prod.Dockerfile");
    assertThat(NearestName.files("Dockerfile.production", List.of("Dockerfile", "a")))
        .containsExactly("Dockerfile");
  }

  @Test
  void nothingIsNearAShortNameByChance() {
    assertThat(NearestName.files("x", List.of("axc", "de"))).isEmpty();
  }
}
