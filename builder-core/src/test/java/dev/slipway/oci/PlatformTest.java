package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
  private static final Platform HOST = new Platform("linux", "amd64");

  @ParameterizedTest
  @CsvSource({
    "linux/amd64, linux/amd64",
    "linux/x86_64, linux/amd64",
    "Linux/AMD64, linux/amd64",
    "linux/amd64/v1, linux/amd64",
    "linux/amd64/v2, linux/amd64/v2",
    "linux/arm64, linux/arm64",
    "linux/arm64/v8, linux/arm64",
    "linux/aarch64, linux/arm64",
    "linux/arm, linux/arm/v7",
    "linux/arm/6, linux/arm/v6",
    "linux/armhf, linux/arm/v7",
    "linux/armel, linux/arm/v6",
    "linux/i386, linux/386",
    "macos/arm64, darwin/arm64",
    "arm64, linux/arm64",
    "arm, linux/arm/v7",
    "windows, windows/amd64",
    "linux/riscv64, linux/riscv64",
  })
  void spellingsAreMadeOne(String text, String expected) {
    assertThat(Platform.parse(text, HOST)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows(10.0.20348.1006)/amd64", "windows(1.2+a+b)/arm/v6"})
  void aSystemMayHaveAVersion(String text) {
    assertThat(Platform.parse(text, HOST).formatAll()).isEqualTo(text);
  }

  @Test
  void theVersionOfASystemIsNoPartOfItsName() {
    Platform platform = Platform.parse("windows(1.2.3)/amd64", HOST);
    assertThat(platform).hasToString("windows/amd64");
    assertThat(platform.osVersion()).isEqualTo("1.2.3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "windows(1",
        "windows(1 2)/amd64",
        "(1)/amd64",
        "a(1)b/amd64",
        "/",
        "linux/",
        "linux/amd64/",
        "a/b/c/d",
        "nosuch",
        "linux/am d64"
      })
  void whatIsNoPlatformIsRefused(String text) {
    assertThatThrownBy(() -> Platform.parse(text, HOST))
        .isInstanceOf(OciException.class)
        .hasMessageStartingWith("invalid platform");
  }

  @ParameterizedTest
  @CsvSource({
    "linux/amd64, linux/amd64, true",
    "linux/amd64, linux/386, true",
    "linux/amd64, linux/amd64/v2, false",
    "linux/amd64/v3, linux/amd64, true",
    "linux/arm/v7, linux/arm/v6, true",
    "linux/arm/v6, linux/arm/v7, false",
    "linux/arm64, linux/arm/v7, true",
    "linux/arm64, linux/amd64, false",
    "linux/amd64, windows/amd64, false",
    "linux/arm64/v9, linux/arm64, true",
  })
  void aVariantRunsWhatLowerVariantsRun(String wanted, String offered, boolean runs) {
    assertThat(Platform.parse(wanted, HOST).runs(Platform.parse(offered, HOST))).isEqualTo(runs);
  }

  @Test
  void anIndexGivesTheNearestVariantAndOfEqualsTheFirst() {
    Index index = index("linux/386", "linux/arm/v5", "linux/arm/v6", "linux/amd64", "linux/amd64");

    assertThat(select(index, "linux/amd64")).isEqualTo(3);
    assertThat(select(index, "linux/arm/v7")).isEqualTo(2);
    assertThat(select(index, "linux/s390x")).isEqualTo(-1);
  }

  private static int select(Index index, String platform) {
    return index
        .select(Platform.parse(platform, HOST))
        .map(found -> index.manifests().indexOf(found))
        .orElse(-1);
  }

  private static Index index(String... platforms) {
    List<Descriptor> manifests = new ArrayList<>();
    for (int i = 0; i < platforms.length; i++) {
      manifests.add(
          Descriptor.of(MediaType.OCI_MANIFEST, new byte[] {(byte) i})
              .withPlatform(Platform.parse(platforms[i], HOST)));
    }
    return Index.of(MediaType.OCI_INDEX, manifests, Map.of());
  }
}
