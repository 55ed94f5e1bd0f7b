package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Manifests and indexes of others' making: one reading each, or none. */
class DocumentsTest {
  private static final String DESCRIPTOR =
      """
      {"mediaType":"application/vnd.oci.image.config.v1+json","size":2,
       "digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}""";

  @Test
  void whatIsWrittenIsReadBack() {
    Descriptor config = Descriptor.of(MediaType.OCI_CONFIG, bytes("{}"));
    Descriptor layer = Descriptor.of(MediaType.OCI_LAYER_GZIP, bytes("layer"));
    Manifest manifest =
        Manifest.of(MediaType.OCI_MANIFEST, config, List.of(layer), Map.of("b", "2", "a", "1"));

    Manifest read = Manifest.parse(manifest.bytes(), MediaType.OCI_MANIFEST);

    assertThat(read.config()).isEqualTo(config);
    assertThat(read.layers()).containsExactly(layer);
    assertThat(read.annotations()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
    assertThat(read.digest()).isEqualTo(Digest.of(manifest.bytes()));
  }

  @Test
  void fieldsThatAreNotKnownSurvive() {
    String json =
        """
        {"schemaVersion":2,"config":%s,"layers":[],"x":1}"""
            .formatted(DESCRIPTOR.replace("{\"media", "{\"data\":\"e30=\",\"media"));

    Manifest read = Manifest.parse(bytes(json), MediaType.OCI_MANIFEST);
    Manifest again = Manifest.of(MediaType.OCI_MANIFEST, read.config(), read.layers(), Map.of());

    assertThat(read.bytes()).isEqualTo(bytes(json));
    assertThat(new String(again.bytes(), StandardCharsets.UTF_8)).contains("\"data\":\"e30=\"");
  }

  @Test
  void aDocumentThatIsBothManifestAndIndexIsRefused() { // CVE-2021-41190
    String both =
        """
        {"schemaVersion":2,"config":%s,"layers":[],"manifests":[]}"""
            .formatted(DESCRIPTOR);

    assertThatThrownBy(() -> Manifest.parse(bytes(both), MediaType.OCI_MANIFEST))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("both");
    assertThatThrownBy(() -> Index.parse(bytes(both), MediaType.OCI_INDEX))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("both");
  }

  @Test
  void aDocumentOfAnotherMediaTypeThanDeclaredIsRefused() { // CVE-2021-41190
    String json =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",
         "config":%s,"layers":[]}"""
            .formatted(DESCRIPTOR);

    assertThatThrownBy(() -> Manifest.parse(bytes(json), MediaType.OCI_MANIFEST))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("declared as application/vnd.oci.image.manifest.v1+json");
  }

  @Test
  void aFieldThatComesTwiceIsRefused() {
    String json =
        """
        {"schemaVersion":2,"config":%s,"layers":[],"layers":[]}"""
            .formatted(DESCRIPTOR);

    assertThatThrownBy(() -> Manifest.parse(bytes(json), MediaType.OCI_MANIFEST))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("layers");
  }

  @Test
  void anInvalidDigestIsRefused() { // CVE-2024-3727
    String json =
        """
        {"schemaVersion":2,"config":%s,"layers":[]}"""
            .formatted(DESCRIPTOR.replaceAll("sha256:[0-9a-f]+", "sha256:../../x"));

    assertThatThrownBy(() -> Manifest.parse(bytes(json), MediaType.OCI_MANIFEST))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("invalid digest \"sha256:../../x\"");
  }

  @Test
  void anImmenseManifestIsRefused() {
    assertThatThrownBy(
            () -> Manifest.parse(new byte[Manifest.MAX_SIZE + 1], MediaType.OCI_MANIFEST))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("at most");
  }

  @Test
  void deepNestingIsRefused() {
    String json = "{\"a\":" + "[".repeat(100_000);

    assertThatThrownBy(() -> Json.parseObject(bytes(json), "manifest"))
        .isInstanceOf(OciException.class);
  }

  @Test
  void anIndexGoesThroughItsBytesUnchanged() {
    Index index =
        Index.of(
            MediaType.DOCKER_INDEX,
            List.of(
                Descriptor.of(MediaType.DOCKER_MANIFEST, bytes("x"))
                    .withPlatform(new Platform("linux", "arm", "v6"))),
            Map.of());

    Index read = Index.parse(index.bytes(), MediaType.DOCKER_INDEX);

    assertThat(read.manifests()).isEqualTo(index.manifests());
    assertThat(read.digest()).isEqualTo(index.digest());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
