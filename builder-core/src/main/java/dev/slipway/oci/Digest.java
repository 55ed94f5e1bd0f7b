package dev.slipway.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a blob as it is stored and sent: for a layer, of its compressed bytes. Image-spec,
 * descriptor.md, "Digests". Only the registered algorithms with their exact length are taken, so
 * that a digest is always safe as a file name.
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex lower case
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {
  public static final String SHA256 = "sha256";
  public static final String SHA512 = "sha512";

  public Digest {
    if (!isValid(algorithm, hex)) {
      throw new OciException(
          "invalid digest \""
              + shorten(algorithm + ":" + hex)
              + "\": expected sha256: and 64 or sha512: and 128 lower case hex digits");
    }
  }

  /** Parses {@code sha256:<hex>}. */
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new Digest("", text)
        : new Digest(text.substring(0, colon), text.substring(colon + 1));
  }

  /** Whether {@link #parse} takes {@code text}. */
  public static boolean isDigest(String text) {
    int colon = text.indexOf(':');
    return colon > 0 && isValid(text.substring(0, colon), text.substring(colon + 1));
  }

  /** The sha256 digest of {@code bytes}. */
  public static Digest of(byte[] bytes) {
    return ofHash(newSha256().digest(bytes));
  }

  /** From the 32 bytes that a sha256 {@link MessageDigest} gives. */
  public static Digest ofHash(byte[] sha256) {
    return new Digest(SHA256, HexFormat.of().formatHex(sha256));
  }

  /** A fresh sha256 calculation. */
  public static MessageDigest newSha256() {
    return messageDigest(SHA256);
  }

  /** A fresh calculation with this digest's algorithm, to verify something against it. */
  public MessageDigest newMessageDigest() {
    return messageDigest(algorithm);
  }

  /** Whether {@code hash}, from {@link #newMessageDigest}, is this digest's. */
  public boolean matches(byte[] hash) {
    return hex.equals(HexFormat.of().formatHex(hash));
  }

  private static MessageDigest messageDigest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.equals(SHA256) ? "SHA-256" : "SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has both
    }
  }

  private static boolean isValid(String algorithm, String hex) {
    int length = algorithm.equals(SHA256) ? 64 : algorithm.equals(SHA512) ? 128 : -1;
    if (hex.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = hex.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  static String shorten(String text) {
    return text.length() <= 160 ? text : text.substring(0, 160) + "…";
  }

  // By hand, with hashCode: what a record is given links by invokedynamic, 3 ms at first use.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest that && hex.equals(that.hex) && algorithm.equals(that.algorithm);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public int compareTo(Digest other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}
