package dev.slipway.export.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.export.ExportListener;
import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.OfferedLayer;
import dev.slipway.export.SampleImage;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.CredentialSource;
import dev.slipway.registry.FakeRegistry;
import dev.slipway.registry.RegistryClient;
import dev.slipway.registry.RegistryConnections;
import dev.slipway.registry.RegistryException;
import dev.slipway.registry.RegistryOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class RegistryExporterTest {
  private final ExecutorService executor = Executors.newFixedThreadPool(3);
  private final RegistryConnections connections = new RegistryConnections(RegistryOptions.DEFAULT);
  private FakeRegistry registry;

  @BeforeEach
  void start() throws IOException {
    registry = new FakeRegistry();
  }

  @AfterEach
  void stop() throws IOException {
    executor.shutdownNow();
    connections.close();
    registry.close();
  }

  private RegistryExporter exporter(boolean byDigest, String... names) {
    List<ImageReference> references = new ArrayList<>();
    for (String name : names) {
      references.add(registry.reference(name));
    }
    RegistryClient client =
        new RegistryClient(connections, CredentialSource.NONE, new Cancellation());
    return new RegistryExporter(
        client, references, byDigest, executor, ExportListener.SILENT, new Cancellation());
  }

  @Test
  void anImageGoesUnderAllItsNamesAndEachBlobOnce() throws IOException {
    ExportedImages images = SampleImage.single("one", "two");
    try (RegistryExporter exporter = exporter(false, "app:1", "app:latest")) {
      exporter.offer(images.images().get(0).layers().get(0));

      ExportResult result = exporter.commit(images);

      assertThat(result.where())
          .containsExactly(registry.host() + "/app:1", registry.host() + "/app:latest");
    }
    assertThat(registry.manifest("app", "1")).isEqualTo(images.rootBytes());
    assertThat(registry.manifest("app", "latest")).isEqualTo(images.rootBytes());
    assertThat(registry.count("POST")).isEqualTo(3); // two layers, a config
  }

  @Test
  void aLayerThatIsBeingMadeIsExpectedWithTheConfig() throws IOException {
    ExportedImages images = SampleImage.single("one");
    try (RegistryExporter exporter = exporter(false, "app:1")) {
      exporter.expectLayer();
      exporter.offer(images.images().get(0).layers().get(0));
      exporter.commit(images);
    }
    assertThat(registry.manifest("app", "1")).isEqualTo(images.rootBytes());
    assertThat(registry.count("POST")).isEqualTo(2);
    assertThat(registry.count("HEAD")).isZero();
    assertThat(registry.count("DELETE")).isZero();
  }

  @Test
  void anIndexComesAfterItsManifests() throws IOException {
    ExportedImages images = SampleImage.multi();
    try (RegistryExporter exporter = exporter(false, "multi:1")) {
      exporter.commit(images);
    }
    List<String> puts =
        registry.requests().stream().filter(each -> each.contains("/manifests/")).toList();
    assertThat(puts).hasSize(3);
    assertThat(puts.get(2)).isEqualTo("PUT /v2/multi/manifests/1");
  }

  @Test
  void byDigestNoTagIsSet() throws IOException {
    ExportedImages images = SampleImage.single("one");
    try (RegistryExporter exporter = exporter(true, "app:1")) {
      assertThat(exporter.commit(images).where())
          .containsExactly(registry.host() + "/app@" + images.root().digest());
    }
    assertThat(registry.manifest("app", "1")).isNull();
  }

  @Test
  void aLayerOfABaseInTheSameRegistryIsMounted() throws IOException {
    ExportedImages images = SampleImage.single("one");
    ExportedImages.ImageWithLayers whole = images.images().get(0);
    OfferedLayer plain = whole.layers().get(0);
    registry.addBlob("base", plain.descriptor().digest(), plain.content().open().readAllBytes());
    OfferedLayer mountable =
        new OfferedLayer(
            plain.descriptor(),
            () -> {
              throw new AssertionError("nobody needs these bytes");
            },
            registry.reference("base"));

    try (RegistryExporter exporter = exporter(false, "app:1")) {
      exporter.commit(ExportedImages.of(whole.image(), List.of(mountable)));
    }
    assertThat(registry.blob("app", plain.descriptor().digest())).isNotNull();
  }

  @Test
  void aRefusedLayerEndsThePushWithoutATag() throws IOException {
    registry.faults(
        99, "POST", FakeRegistry.status(403, Map.of(), "{\"errors\":[{\"code\":\"DENIED\"}]}"));

    try (RegistryExporter exporter = exporter(false, "app:1")) {
      assertThatThrownBy(() -> exporter.commit(SampleImage.single("one", "two", "three")))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("403 DENIED");
    }
    assertThat(registry.count("PUT")).isZero();
  }
}
