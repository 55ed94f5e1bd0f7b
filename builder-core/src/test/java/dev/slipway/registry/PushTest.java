package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.VerifyingInputStream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class PushTest extends RegistryFixture {
  private static final byte[] BLOB = "some layer".getBytes(StandardCharsets.UTF_8);
  private static final Descriptor LAYER = Descriptor.of(MediaType.OCI_LAYER, BLOB);

  private PushOutcome push(String mountFrom) {
    return repository("r")
        .pushBlob(LAYER, () -> new ByteArrayInputStream(BLOB), mountFrom, TransferListener.SILENT);
  }

  @Test
  void aBlobIsSentInOnePut() {
    List<Long> progress = new ArrayList<>();

    PushOutcome outcome =
        repository("r").pushBlob(LAYER, () -> new ByteArrayInputStream(BLOB), null, progress::add);

    assertThat(outcome).isEqualTo(PushOutcome.UPLOADED);
    assertThat(registry.blob("r", LAYER.digest())).isEqualTo(BLOB);
    assertThat(registry.requests()).hasSize(3);
    assertThat(progress).startsWith(0L).endsWith((long) BLOB.length);
  }

  @Test
  void aBlobThatIsThereIsNotSent() {
    registry.addBlob(BLOB);

    assertThat(push(null)).isEqualTo(PushOutcome.EXISTED);
    assertThat(registry.requests()).hasSize(1);
  }

  @Test
  void aSmallBlobThatWasExpectedIsSentWithoutAsking() {
    Repository repository = repository("r");
    repository.expectBlob().run();

    assertThat(push(repository, BLOB)).isEqualTo(PushOutcome.UPLOADED);
    repository.expectNoMore();

    assertThat(registry.blob("r", LAYER.digest())).isEqualTo(BLOB);
    assertThat(methods()).containsExactly("POST", "PUT");
  }

  @Test
  void aLargeBlobThatWasExpectedIsAskedForFirst() {
    Repository repository = repository("r");
    repository.expectBlob().run();
    byte[] large = new byte[100_000];

    assertThat(push(repository, large)).isEqualTo(PushOutcome.UPLOADED);

    assertThat(registry.blob("r", Digest.of(large))).isEqualTo(large);
    assertThat(methods()).containsExactly("POST", "HEAD", "PUT");
  }

  @Test
  void whatTheRegistryExpectsForNothingIsTakenBack() {
    Repository repository = repository("r");
    repository.expectBlob().run();
    byte[] large = new byte[100_000];
    registry.addBlob(large);

    assertThat(push(repository, large)).isEqualTo(PushOutcome.EXISTED);
    repository.expectNoMore();

    assertThat(methods()).containsExactly("POST", "HEAD", "DELETE");
  }

  @Test
  void anExpectedBlobIsSentAllTheSameWhereItsSessionIsLost() {
    Repository repository = repository("r");
    repository.expectBlob().run();
    registry.faults(1, "PUT", FakeRegistry.status(400, Map.of(), "no such upload"));

    assertThat(push(repository, BLOB)).isEqualTo(PushOutcome.UPLOADED);

    assertThat(registry.blob("r", LAYER.digest())).isEqualTo(BLOB);
    assertThat(methods()).containsExactly("POST", "PUT", "HEAD", "POST", "PUT");
  }

  @Test
  void aRegistryThatCannotBeAskedBeforeIsAskedAgain() {
    Repository repository = repository("r");
    registry.faults(1, "POST", FakeRegistry.status(503, Map.of(), ""));
    repository.expectBlob().run();

    assertThat(push(repository, BLOB)).isEqualTo(PushOutcome.UPLOADED);
    assertThat(methods()).containsExactly("POST", "HEAD", "POST", "PUT");
  }

  private static PushOutcome push(Repository repository, byte[] blob) {
    return repository.pushBlob(
        Descriptor.of(MediaType.OCI_LAYER, blob),
        () -> new ByteArrayInputStream(blob),
        null,
        TransferListener.SILENT);
  }

  private List<String> methods() {
    return registry.requests().stream().map(each -> each.split(" ")[0]).toList();
  }

  @Test
  void aBlobIsMountedFromAnotherRepository() {
    registry.addBlob("base", LAYER.digest(), BLOB);

    assertThat(push("base")).isEqualTo(PushOutcome.MOUNTED);
    assertThat(registry.requests())
        .containsExactly(
            "POST /v2/r/blobs/uploads/?mount="
                + LAYER.digest().toString().replace(":", "%3A")
                + "&from=base");
  }

  @Test
  void whereMountingFailsTheBlobIsSent() {
    assertThat(push("base")).isEqualTo(PushOutcome.UPLOADED);
    assertThat(registry.blob("r", LAYER.digest())).isEqualTo(BLOB);
  }

  @Test
  void aRegistryThatForbidsMountingGetsTheBlob() {
    registry.faults(1, "POST /v2/r/blobs/uploads/?mount", FakeRegistry.status(403, Map.of(), ""));

    assertThat(push("private")).isEqualTo(PushOutcome.UPLOADED);
  }

  @Test
  void whereMountingIsForbiddenASessionIsOpenedAsOftenAsNeeded() {
    AtomicInteger unavailable = new AtomicInteger(1);
    registry.fault(
        exchange -> {
          String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          int status = request.contains("?mount=") ? 403 : 503;
          return (status == 403
                  || (request.startsWith("POST") && unavailable.getAndDecrement() > 0))
              && FakeRegistry.status(status, Map.of(), "").answer(exchange);
        });

    assertThat(push("private")).isEqualTo(PushOutcome.UPLOADED);
    assertThat(unavailable).hasValueLessThan(1);
  }

  @Test
  void aLostUploadStartsAgain() {
    registry.faults(
        1,
        "PUT /v2/r/blobs/uploads/",
        FakeRegistry.status(404, Map.of(), "{\"errors\":[{\"code\":\"BLOB_UPLOAD_UNKNOWN\"}]}"));

    assertThat(push(null)).isEqualTo(PushOutcome.UPLOADED);
    assertThat(registry.count("POST")).isEqualTo(2);
  }

  @Test
  void aBrokenUploadStartsAgain() {
    registry.faults(2, "PUT /v2/r/blobs/uploads/", exchange -> true); // hangs up

    assertThat(push(null)).isEqualTo(PushOutcome.UPLOADED);
    assertThat(registry.count("POST")).isEqualTo(3);
  }

  @Test
  void anUploadThatNeverWorksIsGivenUp() {
    registry.faults(
        100, "PUT /v2/r/blobs/uploads/", FakeRegistry.status(500, Map.of(), "out of space"));

    assertThatThrownBy(() -> push(null))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("500: out of space")
        .hasMessageContaining("_state=…");
    assertThat(registry.count("PUT")).isEqualTo(FAST.attempts());
  }

  @Test
  void aDamagedBlobOfOursIsNotSentAgainAndAgain() {
    byte[] damaged = "some lAyer".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(
            () ->
                repository("r")
                    .pushBlob(
                        LAYER,
                        () -> new VerifyingInputStream(new ByteArrayInputStream(damaged), LAYER),
                        null,
                        TransferListener.SILENT))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("expected " + LAYER.digest());
    assertThat(registry.count("POST")).isEqualTo(1);
  }

  @Test
  void aRegistryThatStoredSomethingElseIsNotBelieved() {
    registry.faults(
        1,
        "PUT",
        FakeRegistry.status(
            201, Map.of("Docker-Content-Digest", Digest.of(new byte[0]).toString()), ""));

    assertThatThrownBy(() -> push(null))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("the registry has digest " + Digest.of(new byte[0]));
  }

  @Test
  void aManifestIsWrittenUnderItsTag() {
    byte[] manifest = "{}".getBytes(StandardCharsets.UTF_8);

    Descriptor pushed = repository("r").pushManifest("t", manifest, MediaType.OCI_MANIFEST);

    assertThat(pushed.digest()).isEqualTo(Digest.of(manifest));
    assertThat(registry.manifest("r", "t")).isEqualTo(manifest);
  }

  @Test
  void aRefusalHasTheRegistrysWords() {
    registry.faults(
        1,
        "PUT /v2/r/manifests/t",
        FakeRegistry.status(
            403,
            Map.of(),
            "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no write\",\"detail\":\"quota\"}]}"));

    assertThatThrownBy(
            () -> repository("r").pushManifest("t", new byte[] {'{', '}'}, MediaType.OCI_MANIFEST))
        .hasMessage("PUT " + registry.url() + "/v2/r/manifests/t: 403 DENIED: no write (quota)");
  }
}
