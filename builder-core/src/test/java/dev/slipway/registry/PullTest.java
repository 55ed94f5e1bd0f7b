package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.BlobMismatchException;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Index;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.OciException;
import dev.slipway.oci.Platform;
import dev.slipway.progress.CancelledException;
import dev.slipway.reference.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class PullTest extends RegistryFixture {
  private static final byte[] BLOB = new byte[300_000];
  private static final Descriptor LAYER;

  static {
    new Random(1).nextBytes(BLOB);
    LAYER = Descriptor.of(MediaType.OCI_LAYER, BLOB);
  }

  private Image addImage(String repository, String tag, String architecture) {
    ImageConfig config =
        ImageConfig.empty(new Platform("linux", architecture))
            .withConfig(ContainerConfig.EMPTY.toBuilder().user(architecture).build());
    Image image = Image.of(config, List.of(), Map.of(), false);
    registry.addBlob(image.configBytes());
    for (String identifier : List.of(tag, image.manifest().digest().toString())) {
      registry.addManifest(
          repository, identifier, MediaType.OCI_MANIFEST.value(), image.manifest().bytes());
    }
    return image;
  }

  @Test
  void anImageIsPulledByTag() throws IOException {
    Image pushed = addImage("a/b", "t", "amd64");

    try (ImageSource source = client().image(registry.reference("a/b:t"))) {
      Image pulled = source.image(new Platform("linux", "amd64"));

      assertThat(source.root().digest()).isEqualTo(pushed.manifest().digest());
      assertThat(pulled.config()).isEqualTo(pushed.config());
    }
    assertThat(registry.count("GET /v2/a/b/manifests/")).isEqualTo(1);
  }

  @Test
  void ofAnIndexThePlatformIsChosen() throws IOException {
    Image arm = addImage("multi", "arm", "arm64");
    Image amd = addImage("multi", "amd", "amd64");
    Index index =
        Index.of(MediaType.OCI_INDEX, List.of(arm.descriptor(), amd.descriptor()), Map.of());
    for (String identifier : List.of("latest", index.digest().toString())) {
      registry.addManifest("multi", identifier, MediaType.OCI_INDEX.value(), index.bytes());
    }
    ImageSource source = client().image(registry.reference("multi"));

    assertThat(source.image(new Platform("linux", "amd64")).manifest().digest())
        .isEqualTo(amd.manifest().digest());
    assertThatThrownBy(() -> source.image(new Platform("linux", "s390x")))
        .isInstanceOfSatisfying(
            OciException.class,
            e -> assertThat(e.hint()).isEqualTo("it is there for linux/arm64, linux/amd64"))
        .hasMessageContaining("has no image for linux/s390x");
  }

  @Test
  void anIndexThatDoesNotSayItsPlatformsIsLookedInto() throws IOException {
    Image arm = addImage("multi", "arm", "arm64");
    Image amd = addImage("multi", "amd", "amd64");
    Index index =
        Index.of(
            MediaType.OCI_INDEX,
            List.of(arm.manifest().descriptor(), amd.manifest().descriptor()),
            Map.of());
    for (String identifier : List.of("latest", index.digest().toString())) {
      registry.addManifest("multi", identifier, MediaType.OCI_INDEX.value(), index.bytes());
    }

    Image image = client().image(registry.reference("multi")).image(new Platform("linux", "amd64"));

    assertThat(image.manifest().digest()).isEqualTo(amd.manifest().digest());
  }

  @Test
  void aMissingTagIsToldInTheRegistrysWords() {
    assertThatThrownBy(() -> client().image(registry.reference("none:t")).root())
        .isInstanceOfSatisfying(
            RegistryException.class,
            e -> {
              assertThat(e.code()).isEqualTo("MANIFEST_UNKNOWN");
              assertThat(e.status()).isEqualTo(404);
            })
        .hasMessage(
            "GET "
                + registry.url()
                + "/v2/none/manifests/t: 404 MANIFEST_UNKNOWN: manifest unknown");
  }

  @Test
  void aManifestWithAnotherDigestIsRefused() {
    Digest asked = Digest.of(new byte[] {1});
    registry.addManifest("r", asked.toString(), MediaType.OCI_MANIFEST.value(), new byte[] {2});

    assertThatThrownBy(() -> repository("r").get(asked.toString()))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("expected " + asked);
  }

  @Test
  void aHeaderThatNamesAnotherDigestIsRefused() {
    registry.fault(
        FakeRegistry.status(
            200,
            Map.of(
                "Content-Type",
                MediaType.OCI_MANIFEST.value(),
                "Docker-Content-Digest",
                Digest.of(new byte[] {1}).toString()),
            "{}"));

    assertThatThrownBy(() -> repository("r").get("t"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("the registry has digest");
  }

  @Test
  void aManifestThatComesAsPlainJsonIsTakenByItsOwnWord() throws IOException {
    Image image = addImage("r", "t", "amd64");
    registry.addManifest("r", "t", "application/json", image.manifest().bytes());

    assertThat(repository("r").resolve("t")).contains(image.manifest().descriptor());
  }

  @Test
  void anOldManifestIsNamed() {
    registry.addManifest(
        "r",
        "t",
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
        "{\"schemaVersion\":1}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> repository("r").get("t"))
        .isInstanceOfSatisfying(
            RegistryException.class, e -> assertThat(e.hint()).contains("schema 1"));
  }

  @Test
  void anEndlessManifestIsCutOff() {
    registry.fault(
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", MediaType.OCI_MANIFEST.value());
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[1 << 20];
          for (int i = 0; i < 1000; i++) {
            exchange.getResponseBody().write(chunk);
          }
          return true;
        });

    assertThatThrownBy(() -> repository("r").get("t"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("longer than");
  }

  @Test
  void aBlobStreamsWithItsProgress() throws IOException {
    registry.addBlob(BLOB);
    List<Long> progress = new ArrayList<>();

    try (InputStream in = repository("r").blob(LAYER, progress::add)) {
      assertThat(in.readAllBytes()).isEqualTo(BLOB);
    }
    assertThat(progress).last().isEqualTo((long) BLOB.length);
  }

  @Test
  void aBrokenConnectionIsTakenUpWhereItBroke() throws IOException {
    registry.addBlob(BLOB);
    registry.faults(1, "GET /v2/r/blobs/", FakeRegistry.broken(BLOB, 100_000));

    try (InputStream in = repository("r").blob(LAYER, TransferListener.SILENT)) {
      assertThat(in.readAllBytes()).isEqualTo(BLOB);
    }
    assertThat(registry.count("GET /v2/r/blobs/")).isEqualTo(2);
  }

  @Test
  void aServerWithoutRangesSendsAllAgain() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    registry.fault(
        exchange ->
            asked.getAndIncrement() == 0
                ? FakeRegistry.broken(BLOB, 100_000).answer(exchange)
                : replyWhole(exchange));

    try (InputStream in = repository("r").blob(LAYER, TransferListener.SILENT)) {
      assertThat(in.readAllBytes()).isEqualTo(BLOB);
    }
  }

  private static boolean replyWhole(com.sun.net.httpserver.HttpExchange exchange)
      throws IOException {
    FakeRegistry.reply(exchange, 200, BLOB);
    return true;
  }

  @Test
  void aConnectionThatAlwaysBreaksIsGivenUp() throws IOException {
    registry.fault(FakeRegistry.broken(BLOB, 10));

    try (InputStream in = repository("r").blob(LAYER, TransferListener.SILENT)) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
    }
    assertThat(registry.requests().size()).isLessThan(10);
  }

  @Test
  void aBlobWithAnotherDigestFailsAtItsEnd() throws IOException {
    byte[] other = BLOB.clone();
    other[5]++;
    registry.addBlob("", LAYER.digest(), other);

    try (InputStream in = repository("r").blob(LAYER, TransferListener.SILENT)) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(BlobMismatchException.class);
    }
  }

  @Test
  @Timeout(30)
  void aBlobOfAnotherSizeIsRefusedAtOnce() {
    registry.addBlob("", LAYER.digest(), new byte[7]);
    Repository repository = repository("r");

    // More often than there are connections to one host: each must be given back.
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> repository.blob(LAYER, TransferListener.SILENT))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("it has 7 bytes, expected 300000");
    }
  }

  @Test
  void aForeignLayerIsNotFetched() { // CVE-2020-15157
    Descriptor foreign =
        LAYER.withMediaType(
            new MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"));

    assertThatThrownBy(() -> repository("r").blob(foreign, TransferListener.SILENT))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("is a foreign layer");
    assertThat(registry.requests()).isEmpty();
  }

  @Test
  void theRegistryIsAskedAgainAfter429And503() {
    addImage("r", "t", "amd64");
    AtomicInteger asked = new AtomicInteger();
    registry.fault(
        exchange ->
            switch (asked.getAndIncrement()) {
              case 0 -> FakeRegistry.status(429, Map.of("Retry-After", "0"), "").answer(exchange);
              case 1 -> FakeRegistry.status(503, Map.of(), "").answer(exchange);
              default -> false;
            });

    assertThat(repository("r").find("t")).isPresent();
    assertThat(asked).hasValue(3);
  }

  @Test
  void aRegistryThatIsAlwaysBusyIsGivenUp() {
    registry.fault(
        FakeRegistry.status(
            429, Map.of("Retry-After", "86400"), "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\"}]}"));

    assertThatThrownBy(() -> repository("r").find("t"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("429 TOOMANYREQUESTS");
    assertThat(registry.requests()).hasSize(FAST.attempts());
  }

  @Test
  void aRegistryThatIsNotThereIsToldWithItsName() {
    registry.close();

    assertThatThrownBy(() -> repository("r").find("t"))
        .isInstanceOfSatisfying(
            RegistryException.class,
            e ->
                assertThat(e.hint())
                    .isEqualTo("check that the registry runs and can be reached" + " from here"))
        .hasMessageStartingWith("GET " + registry.url() + "/v2/r/manifests/t: ");
  }

  @Test
  void controlCharactersOfARegistryAreNotPrinted() {
    registry.fault(
        FakeRegistry.status(
            400,
            Map.of(),
            "{\"errors\":[{\"code\":\"X\",\"message\":\"\\u001b[31mred\\nline\"}]}"));

    assertThatThrownBy(() -> repository("r").find("t")).hasMessageEndingWith("400 X: [31mred line");
  }

  @Test
  void cancellingEndsWhatWaits() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    registry.fault(
        exchange -> {
          reached.countDown();
          try {
            release.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return true;
        });
    Thread canceller =
        new Thread(
            () -> {
              try {
                reached.await();
              } catch (InterruptedException e) {
                return;
              }
              cancellation.cancel();
            });
    canceller.start();

    assertThatThrownBy(() -> repository("r").find("t")).isInstanceOf(CancelledException.class);
    release.countDown();
    canceller.join();
  }

  @Test
  void aRegistryThatClaimsToHaveTlsIsTriedWithItOnce() throws Exception {
    String answer =
        "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread answering =
          new Thread(
              () -> {
                while (true) {
                  try (Socket socket = server.accept()) {
                    connections.incrementAndGet();
                    socket.getInputStream().read(new byte[8192]);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                  } catch (IOException e) {
                    return;
                  }
                }
              });
      answering.setDaemon(true);
      answering.start(); // ends with the socket
      ImageReference name = ImageReference.parse("127.0.0.1:" + server.getLocalPort() + "/r");

      assertThatThrownBy(() -> client().repository(name).get("t"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("127.0.0.1");
    }
    assertThat(connections).hasValue(2);
  }

  @Test
  void aMirrorIsAskedFirstAndPassedOverWhenItFails() throws IOException {
    Image image = addImage("r", "t", "amd64");
    try (FakeRegistry mirror = new FakeRegistry()) {
      RegistryConnections mirrored =
          new RegistryConnections(
              RegistryOptions.builder()
                  .retry(FAST)
                  .mirrors(Map.of(registry.host(), List.of(mirror.host())))
                  .build());
      ImageSource source =
          new RegistryClient(mirrored, CredentialSource.NONE, cancellation)
              .image(registry.reference("r:t"));

      assertThat(source.root().digest()).isEqualTo(image.manifest().digest());
      assertThat(mirror.requests()).isNotEmpty();
      mirrored.close();
    }
  }
}
