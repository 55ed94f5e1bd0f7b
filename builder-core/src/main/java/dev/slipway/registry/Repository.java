package dev.slipway.registry;

import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.OciException;
import dev.slipway.oci.VerifyingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One repository of a registry. Everything read and written is verified against its digest. Each
 * call is retried as the options say, and stops when the build is cancelled. Thread-safe.
 * Distribution-spec, "Pull" and "Push".
 */
public final class Repository {
  private static final String MANIFEST_TYPES =
      String.join(
          ", ",
          MediaType.OCI_INDEX.value(),
          MediaType.OCI_MANIFEST.value(),
          MediaType.DOCKER_INDEX.value(),
          MediaType.DOCKER_MANIFEST.value());

  private final RegistryHost host;
  private final String name;
  private final OpenedSessions opened;

  Repository(RegistryHost host, String name) {
    this.host = host;
    this.name = name;
    this.opened = new OpenedSessions(host, name);
  }

  /** A manifest or index, verified. */
  public record Document(Descriptor descriptor, byte[] bytes) {}

  /** The registry as in an image reference. */
  public String registry() {
    return host.registry();
  }

  /** Without the registry. */
  public String name() {
    return name;
  }

  /**
   * Asks what a tag points at without fetching it.
   *
   * @param identifier a tag or digest
   * @return empty if it is not there
   * @throws RegistryException if the registry refuses
   */
  public Optional<Descriptor> resolve(String identifier) {
    try (HttpAnswer answer =
        host.send(manifestCall("HEAD", identifier), Scope.pull(name), 404, 405)) {
      String digest = answer.header("Docker-Content-Digest");
      String type = answer.header("Content-Type");
      if (answer.status() == 404) {
        return Optional.empty();
      }
      if (answer.isSuccess()
          && digest != null
          && Digest.isDigest(digest)
          && type != null
          && Answers.isDocument(MediaType.ofHeader(type))
          && answer.contentLength() >= 0) {
        Digest found = Digest.parse(digest);
        if (Digest.isDigest(identifier)) {
          Answers.checkDigest(answer, Digest.parse(identifier));
        }
        return Optional.of(new Descriptor(MediaType.ofHeader(type), found, answer.contentLength()));
      }
    }
    // Some registries do not answer HEAD, or not in full.
    return find(identifier).map(Document::descriptor);
  }

  /**
   * Fetches a manifest or index of at most {@link Manifest#MAX_SIZE} bytes.
   *
   * @param identifier a tag or digest
   * @return empty if it is not there
   * @throws RegistryException if the registry refuses, or its answer does not have the digest asked
   *     for
   */
  public Optional<Document> find(String identifier) {
    HttpCall call = manifestCall("GET", identifier);
    return host.retries()
        .run(
            call,
            () -> {
              try (HttpAnswer answer = host.sendOnce(call, Scope.pull(name), 404)) {
                return answer.status() == 404
                    ? Optional.empty()
                    : Optional.of(Answers.document(answer, identifier));
              }
            });
  }

  /**
   * As {@link #find}.
   *
   * @throws RegistryException also if it is not there
   */
  public Document get(String identifier) {
    HttpCall call = manifestCall("GET", identifier);
    return host.retries()
        .run(
            call,
            () -> {
              try (HttpAnswer answer = host.sendOnce(call, Scope.pull(name))) {
                return Answers.document(answer, identifier);
              }
            });
  }

  private HttpCall manifestCall(String method, String identifier) {
    return HttpCall.of(method, host.url(RegistryHost.path(name, "manifests/" + identifier)))
        .withHeader("Accept", MANIFEST_TYPES);
  }

  /**
   * The bytes of a manifest, index or config, which have the descriptor's size and digest.
   *
   * @throws RegistryException if it is not there or has others
   */
  public byte[] document(Descriptor descriptor) {
    if (descriptor.size() > ImageConfig.MAX_SIZE) {
      throw new OciException(
          descriptor.digest() + " is too large for a document: " + descriptor.size() + " bytes");
    }
    MediaType type = descriptor.mediaType();
    if (Answers.isDocument(type)) {
      Document found = get(descriptor.digest().toString());
      checkSize(manifestCall("GET", descriptor.digest().toString()), found.bytes(), descriptor);
      return found.bytes();
    }
    HttpCall call = blobCall(descriptor);
    return host.retries()
        .run(
            call,
            () -> {
              try (HttpAnswer answer = host.sendOnce(call, Scope.pull(name))) {
                byte[] bytes = answer.bytes((int) descriptor.size());
                checkSize(call, bytes, descriptor);
                Answers.checkHash(call, bytes, descriptor.digest());
                return bytes;
              }
            });
  }

  private static void checkSize(HttpCall call, byte[] bytes, Descriptor descriptor) {
    if (bytes.length != descriptor.size()) {
      throw new RegistryException(
          call.describe() + ": it has " + bytes.length + " bytes, expected " + descriptor.size());
    }
  }

  private HttpCall blobCall(Descriptor descriptor) {
    return HttpCall.of("GET", host.url(RegistryHost.path(name, "blobs/" + descriptor.digest())));
  }

  /**
   * Streams a blob; a broken connection is taken up again where it broke. See {@link
   * dev.slipway.oci.ImageSource#blob} for what is verified and when.
   *
   * @param listener hears of each part as it is read
   * @throws RegistryException if the registry refuses, or the layer is one that registries do not
   *     hold
   */
  public InputStream blob(Descriptor descriptor, TransferListener listener) throws IOException {
    if (descriptor.mediaType().isForeignLayer()) {
      throw new RegistryException(
          "layer "
              + descriptor.digest()
              + " of "
              + registry()
              + "/"
              + name
              + " is a foreign layer ("
              + descriptor.mediaType()
              + "), which is not fetched from where it says",
          "use a base image without foreign layers",
          null);
    }
    ResumingInputStream in =
        new ResumingInputStream(
            host, blobCall(descriptor), Scope.pull(name), descriptor.size(), listener);
    return new VerifyingInputStream(in.open(), descriptor);
  }

  /**
   * Prepares for a blob that is still being made: when it is pushed the registry waits for its
   * bytes already.
   *
   * @return what asks the registry for that; to be run, on a thread that waits for it. It throws
   *     nothing: the push tells what fails
   */
  public Runnable expectBlob() {
    return opened.opening();
  }

  /** Tells the registry not to wait for blobs that were expected and are not pushed. */
  public void expectNoMore() {
    opened.cancel();
  }

  /**
   * Brings a blob here, with as few bytes sent as the registry allows. Idempotent.
   *
   * @param mountFrom the name of a repository of the same registry that has the blob, or null
   * @throws RegistryException if the registry refuses
   */
  public PushOutcome pushBlob(
      Descriptor descriptor,
      BlobContent content,
      @Nullable String mountFrom,
      TransferListener listener) {
    return new BlobUpload(host, name, opened, descriptor, content, listener).run(mountFrom);
  }

  /**
   * Writes a manifest or index; what it points at must be here already. Idempotent.
   *
   * @param identifier the tag to set, or the digest of {@code bytes}
   * @return points at it
   * @throws RegistryException if the registry refuses
   */
  public Descriptor pushManifest(String identifier, byte[] bytes, MediaType mediaType) {
    Descriptor descriptor = Descriptor.of(mediaType, bytes);
    HttpCall call =
        HttpCall.of("PUT", host.url(RegistryHost.path(name, "manifests/" + identifier)))
            .withBody(HttpBody.of(bytes, mediaType.value()));
    try (HttpAnswer answer = host.send(call, Scope.push(name))) {
      Answers.checkDigest(answer, descriptor.digest());
      answer.excerpt(1024);
    }
    return descriptor;
  }
}
