package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.options.UsageException;
import dev.slipway.store.PrunePolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CachePruneCommandTest {
  private static PrunePolicy policy(String... words) {
    return CachePruneCommand.policy(new CachePruneCommand().options().read(List.of(words)));
  }

  @ParameterizedTest
  @CsvSource({"0s, PT0S", "90s, PT90S", "5m, PT5M", "12h, PT12H", "7d, P7D"})
  void anAgeIsANumberAndAUnit(String text, Duration age) {
    assertThat(policy("--older-than", text).olderThan()).isEqualTo(age);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "d",
        "7",
        "7w",
        "-7d",
        "seven",
        "100000d",
        "106751991168d",
        "99999999999999999999d"
      })
  void whatIsNoAgeIsRefused(String text) {
    assertThatThrownBy(() -> policy("--older-than", text))
        .isInstanceOf(UsageException.class)
        .hasMessage("--older-than wants a time as \"12h\" or \"7d\", not \"" + text + "\"");
  }

  @Test
  void allIsMoreThanAnyAge() {
    assertThat(policy("--all", "--older-than", "7d")).isEqualTo(PrunePolicy.everything());
  }
}
