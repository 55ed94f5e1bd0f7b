package dev.slipway.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What manifests and indexes have in common: the checks against taking one for the other. */
final class Documents {
  private Documents() {}

  /**
   * The CVE-2021-41190 checks: a document has one reading, whoever reads it.
   *
   * @throws OciException if it has more than one or is of another kind than declared
   */
  static ObjectNode parse(byte[] bytes, MediaType declared, String what) {
    if (bytes.length > Manifest.MAX_SIZE) {
      throw new OciException(
          "invalid " + what + ": " + bytes.length + " bytes, at most " + Manifest.MAX_SIZE);
    }
    ObjectNode node = Json.parseObject(bytes, what);
    Fields fields = new Fields(node, what);
    long version = fields.number("schemaVersion", 0);
    if (version != 2) {
      throw new OciException(
          "unsupported " + what + ": expected schemaVersion 2, found " + version,
          version == 1
              ? "the image is in Docker's schema 1; push it again with a newer tool"
              : null,
          null);
    }
    String own = fields.string("mediaType");
    if (!own.isEmpty() && !own.equals(declared.value())) {
      throw new OciException(
          "invalid " + what + ": declared as " + declared + " but says " + Digest.shorten(own));
    }
    boolean manifests = node.has("manifests");
    if (manifests && (node.has("layers") || node.has("config") || node.has("fsLayers"))) {
      throw new OciException(
          "invalid " + what + ": it has both \"manifests\" and \"layers\" or \"config\"");
    }
    if (declared.isIndex() != manifests) {
      throw new OciException(
          "invalid "
              + what
              + ": declared as "
              + declared
              + " but has the fields of the other kind");
    }
    return node;
  }
}
