package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  private static final String EMPTY =
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void theDigestOfNothingIsTheWellKnownOne() {
    assertThat(Digest.of(new byte[0])).hasToString(EMPTY);
    assertThat(Digest.parse(EMPTY)).isEqualTo(Digest.of(new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256",
        "sha256:",
        "sha256:../../../../etc/passwd",
        "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
        "sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "../sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      })
  void whatIsNoDigestIsRefused(String text) {
    assertThat(Digest.isDigest(text)).isFalse();
    assertThatThrownBy(() -> Digest.parse(text))
        .isInstanceOf(OciException.class)
        .hasMessageStartingWith("invalid digest");
  }

  @Test
  void aChainIsTheDigestOfTheChainBelowAndTheLayer() {
    DiffId first = new DiffId(Digest.of("a".getBytes(StandardCharsets.UTF_8)));
    DiffId second = new DiffId(Digest.of("b".getBytes(StandardCharsets.UTF_8)));
    String joined = first + " " + second;
    ChainId expected = new ChainId(Digest.of(joined.getBytes(StandardCharsets.UTF_8)));

    assertThat(ChainId.of(List.of(first)).digest()).isEqualTo(first.digest());
    assertThat(ChainId.of(List.of(first, second))).isEqualTo(expected);
    assertThat(ChainId.chain(List.of(first, second))).containsExactly(ChainId.of(first), expected);
  }
}
