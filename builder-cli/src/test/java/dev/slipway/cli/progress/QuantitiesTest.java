package dev.slipway.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "999,999 B",
    "1000,1.00 kB",
    "9994,9.99 kB",
    "9995,10.0 kB",
    "99949,99.9 kB",
    "99950,100 kB",
    "999499,999 kB",
    "999500,1.00 MB",
    "12345678,12.3 MB",
    "9223372036854775807,9.22 EB"
  })
  void sizesHaveThreeSignificantDigits(long bytes, String text) {
    assertThat(Quantities.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0.0s",
    "49,0.0s",
    "50,0.1s",
    "59949,59.9s",
    "59950,1m00s",
    "3599949,59m59s",
    "3720000,1h02m"
  })
  void timesAreAsShortAsTheyCanBe(long millis, String text) {
    assertThat(Quantities.duration(millis * 1_000_000)).isEqualTo(text);
  }
}
