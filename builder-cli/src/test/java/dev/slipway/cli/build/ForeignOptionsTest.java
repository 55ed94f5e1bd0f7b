package dev.slipway.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.options.Option;
import dev.slipway.cli.options.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignOptionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"--rm", "--rm=false", "--force-rm", "--compress", "--layers", "--tls-verify=true"})
  void whatMakesNoDifferenceIsTaken(String option) {
    assertThat(BuildOptions.table().read(List.of(option, "context")).operands())
        .containsExactly("context");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--load",
        "--layers=false",
        "--tls-verify=false",
        "--http-proxy=false",
        "--format=oci",
        "--arch=arm64",
        "--authfile=x",
        "--from=alpine",
        "-v=/a:/b",
        "--ignorefile=x",
        "-D"
      })
  void whatWouldMakeADifferenceIsRefusedWithAReason(String option) {
    assertThatThrownBy(() -> BuildOptions.table().read(List.of(option, "context")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(" is not supported: ");
  }

  @Test
  void everyRefusalHasAReason() {
    assertThat(ForeignOptions.options())
        .filteredOn(option -> option.kind() != Option.Kind.IDLE)
        .allSatisfy(option -> assertThat(option.help()).as(option.name()).isNotEmpty());
  }
}
