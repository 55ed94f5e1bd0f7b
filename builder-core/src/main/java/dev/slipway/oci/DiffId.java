package dev.slipway.oci;

/**
 * The digest of a layer's tar archive before compression. Image-spec, config.md, "Layer DiffID".
 */
public record DiffId(Digest digest) {
  public static DiffId parse(String text) {
    return new DiffId(Digest.parse(text));
  }

  /** From the 32 bytes that a sha256 calculation over the tar gives. */
  public static DiffId ofHash(byte[] sha256) {
    return new DiffId(Digest.ofHash(sha256));
  }

  /** {@code sha256:<hex>}. */
  @Override
  public String toString() {
    return digest.toString();
  }
}
