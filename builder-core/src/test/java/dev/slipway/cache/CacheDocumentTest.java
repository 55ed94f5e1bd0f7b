package dev.slipway.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.OciException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheDocumentTest {
  private static final CacheKey ONE = new CacheKey("01".repeat(32));
  private static final CacheKey TWO = new CacheKey("02".repeat(32));
  private static final CacheKey THREE = new CacheKey("03".repeat(32));
  private static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000, 5);

  private static Image.Layer layer(String bytes) {
    return new Image.Layer(
        Descriptor.of(MediaType.OCI_LAYER_GZIP, bytes.getBytes(UTF_8)),
        new DiffId(Digest.of((bytes + " unpacked").getBytes(UTF_8))));
  }

  private static CacheDocument readAgain(CacheDocument document) {
    Manifest manifest =
        Manifest.parse(document.manifest().bytes(), document.manifest().mediaType());
    assertThat(Digest.of(document.config())).isEqualTo(manifest.config().digest());
    return CacheDocument.parse(manifest, document.config());
  }

  @Test
  void whatIsWrittenIsRead() {
    Map<CacheKey, SharedStep> steps =
        Map.of(
            ONE, new SharedStep(ONE, CREATED, layer("a")),
            TWO, new SharedStep(ONE, CREATED, layer("a")),
            THREE, new SharedStep(THREE, Instant.EPOCH, null));
    CacheDocument document = CacheDocument.of(steps);
    assertThat(readAgain(document).steps()).isEqualTo(steps);
    assertThat(document.manifest().layers())
        .as("a layer that two steps made is there once")
        .containsExactly(layer("a").descriptor());
    assertThat(document.placeholder()).isNull();
  }

  @Test
  void theSameStepsAreTheSameBytes() {
    Map<CacheKey, SharedStep> steps = new LinkedHashMap<>();
    steps.put(ONE, new SharedStep(ONE, CREATED, layer("a")));
    steps.put(TWO, new SharedStep(TWO, CREATED, layer("b")));
    Map<CacheKey, SharedStep> reversed = new LinkedHashMap<>();
    reversed.put(TWO, steps.get(TWO));
    reversed.put(ONE, steps.get(ONE));
    assertThat(CacheDocument.of(reversed).manifest().digest())
        .isEqualTo(CacheDocument.of(steps).manifest().digest());
  }

  @Test
  void withoutALayerItIsStillAValidManifest() {
    CacheDocument document = CacheDocument.of(Map.of(ONE, new SharedStep(TWO, CREATED, null)));
    assertThat(document.manifest().layers()).hasSize(1);
    assertThat(Digest.of(document.placeholder()))
        .isEqualTo(document.manifest().layers().get(0).digest());
    assertThat(readAgain(document).steps()).isEqualTo(document.steps());
    assertThat(readAgain(CacheDocument.of(Map.of())).steps()).isEmpty();
  }

  private static CacheDocument parse(String config) {
    byte[] bytes = config.replace('\'', '"').getBytes(UTF_8);
    Manifest manifest =
        Manifest.of(
            MediaType.OCI_MANIFEST,
            Descriptor.of(CacheDocument.CONFIG, bytes),
            List.of(layer("a").descriptor()),
            Map.of());
    return CacheDocument.parse(manifest, bytes);
  }

  private static final String DIFF_ID =
      "'sha256:0000000000000000000000000000000000000000000000000000000000000000'";
  private static final String KEY =
      "'0000000000000000000000000000000000000000000000000000000000000000'";
  private static final String HEAD = "{'diffIds': [" + DIFF_ID + "], 'steps': [{";
  private static final String STEP =
      "'key': " + KEY + ", 'canonical': " + KEY + ", 'created': 1, 'nanos': 1";

  @Test
  void theFormThatTheOthersDepartFromIsTaken() {
    assertThat(parse(HEAD + STEP + ", 'layer': 0}]}").steps()).hasSize(1);
    assertThat(parse("{}").steps()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{'steps': [1]}",
        "{'steps': [{}]}",
        "{'diffIds': ['sha256:00'], 'steps': []}",
        "{'diffIds': [" + DIFF_ID + ", " + DIFF_ID + "], 'steps': []}",
        HEAD + STEP + ", 'layer': 1}]}",
        HEAD + STEP + ", 'layer': -1}]}",
        HEAD + STEP + ", 'layer': 4294967296}]}",
        HEAD + STEP + ", 'layer': '0'}]}",
        HEAD + "'key': '../../x', 'canonical': " + KEY + ", 'created': 1, 'nanos': 1}]}",
        HEAD + "'key': " + KEY + ", 'canonical': 'x', 'created': 1, 'nanos': 1}]}",
        HEAD + "'key': " + KEY + ", 'canonical': " + KEY + ", 'created': 1}]}",
        HEAD
            + "'key': "
            + KEY
            + ", 'canonical': "
            + KEY
            + ", 'created': 99999999999999, 'nanos': 1}]}",
      })
  void whatIsNoCacheIsRefused(String config) {
    assertThatThrownBy(() -> parse(config)).isInstanceOf(OciException.class);
  }

  @Test
  void aLayerThatIsNoLayerIsRefused() {
    byte[] config = ("{\"diffIds\": [" + DIFF_ID.replace('\'', '"') + "]}").getBytes(UTF_8);
    Manifest manifest =
        Manifest.of(
            MediaType.OCI_MANIFEST,
            Descriptor.of(CacheDocument.CONFIG, config),
            List.of(Descriptor.of(MediaType.OCI_CONFIG, new byte[1])),
            Map.of());
    assertThatThrownBy(() -> CacheDocument.parse(manifest, config))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("a layer with media type");
  }

  @Test
  void anImageIsRefused() {
    Manifest manifest =
        Manifest.of(
            MediaType.OCI_MANIFEST,
            Descriptor.of(MediaType.OCI_CONFIG, new byte[0]),
            List.of(),
            Map.of());
    assertThatThrownBy(() -> CacheDocument.parse(manifest, new byte[0]))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("expected a build cache");
  }
}
