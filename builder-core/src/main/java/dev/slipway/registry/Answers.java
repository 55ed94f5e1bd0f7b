package dev.slipway.registry;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Json;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaType;
import java.io.IOException;

/** What registries' answers have in common. */
final class Answers {
  private static final MediaType UNKNOWN = new MediaType("no media type");

  private Answers() {}

  /**
   * Checks the digest that a registry says it has stored or sent; one in another algorithm, or
   * none, says nothing.
   */
  static void checkDigest(HttpAnswer answer, Digest expected) {
    String header = answer.header("Docker-Content-Digest");
    if (header == null || !header.startsWith(expected.algorithm() + ":")) {
      return;
    }
    if (!header.trim().equals(expected.toString())) {
      throw new RegistryException(
          answer.call().describe()
              + ": the registry has digest "
              + PlainText.of(header, 150)
              + ", expected "
              + expected);
    }
  }

  static boolean isDocument(MediaType type) {
    return type.isManifest() || type.isIndex();
  }

  /** Reads a manifest or index that {@code identifier}, a tag or digest, names. */
  static Repository.Document document(HttpAnswer answer, String identifier) throws IOException {
    byte[] bytes = answer.bytes(Manifest.MAX_SIZE);
    Digest digest = Digest.of(bytes);
    if (Digest.isDigest(identifier)) {
      digest = Digest.parse(identifier);
      checkHash(answer.call(), bytes, digest);
    }
    checkDigest(answer, digest);
    return new Repository.Document(
        new Descriptor(mediaType(answer, bytes), digest, bytes.length), bytes);
  }

  /** What the header says; where that is no type of the specification, what the document says. */
  private static MediaType mediaType(HttpAnswer answer, byte[] bytes) {
    String header = answer.header("Content-Type");
    MediaType type = header == null ? UNKNOWN : MediaType.ofHeader(header);
    if (isDocument(type)) {
      return type;
    }
    MediaType own = new MediaType(Json.parseObject(bytes, "manifest").path("mediaType").asText(""));
    if (isDocument(own)) {
      return own;
    }
    throw new RegistryException(
        answer.call().describe() + ": expected an image manifest or index, found " + type,
        type.value().contains("manifest.v1")
            ? "the image is in Docker's schema 1; push it again with a newer tool"
            : null,
        null);
  }

  static void checkHash(HttpCall call, byte[] bytes, Digest digest) {
    if (!digest.matches(digest.newMessageDigest().digest(bytes))) {
      throw new RegistryException(
          call.describe() + ": the answer has digest " + Digest.of(bytes) + ", expected " + digest);
    }
  }
}
