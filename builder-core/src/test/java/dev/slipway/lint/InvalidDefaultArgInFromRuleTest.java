package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InvalidDefaultArgInFromRuleTest {
  @Test
  void anEmptyNameIsFound() {
    assertThat(
            Lint.findings(
                Lint.inputs().buildArgs(Map.of("IMAGE", "busybox")), "ARG IMAGE", "FROM $IMAGE"))
        .containsExactly(
            "2 InvalidDefaultArgInFrom: Default value for ARG $IMAGE results in empty or invalid base image name");
  }

  @Test
  void anEmptyTagIsFound() {
    assertThat(Lint.findings("ARG V", "FROM busybox:$V"))
        .containsExactly(
            "2 InvalidDefaultArgInFrom: Default value for ARG busybox:$V results in empty or invalid base image name");
  }

  @Test
  void aDefaultIsFine() {
    assertThat(Lint.findings("ARG V=1", "FROM busybox:$V")).isEmpty();
  }

  @Test
  void anEmptySuffixIsFine() {
    assertThat(Lint.findings("ARG S", "FROM busybox:stable$S")).isEmpty();
  }
}
