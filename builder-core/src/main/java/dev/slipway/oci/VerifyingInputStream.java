package dev.slipway.oci;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Passes on the bytes of a blob and fails where they are not those of its descriptor: at the first
 * byte too many, at an end that comes early, or at the end if the digest differs. Closing early
 * verifies nothing.
 */
public final class VerifyingInputStream extends FilterInputStream {
  private static final Runnable NOTHING = () -> {};

  private final Descriptor descriptor;
  private final Runnable mismatch;
  private final MessageDigest digest;
  private long remaining;
  private boolean verified;

  /**
   * @param in is closed with this
   */
  public VerifyingInputStream(InputStream in, Descriptor descriptor) {
    this(in, descriptor, NOTHING);
  }

  /**
   * @param in is closed with this
   * @param mismatch is run before it is told that the bytes are others
   */
  public VerifyingInputStream(InputStream in, Descriptor descriptor, Runnable mismatch) {
    super(in);
    this.descriptor = descriptor;
    this.mismatch = mismatch;
    this.digest = descriptor.digest().newMessageDigest();
    this.remaining = descriptor.size();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    // One byte beyond the size is asked for, so that a blob that is too long is noticed.
    int count = in.read(buffer, offset, (int) Math.min(length, Math.max(1, remaining)));
    if (count < 0) {
      verify();
      return -1;
    }
    if (count > remaining) {
      throw mismatch(
          "blob " + descriptor.digest() + " is longer than its " + descriptor.size() + " bytes");
    }
    remaining -= count;
    digest.update(buffer, offset, count);
    return count;
  }

  private void verify() throws IOException {
    if (verified) {
      return;
    }
    if (remaining > 0) {
      throw mismatch(
          "blob "
              + descriptor.digest()
              + " ends after "
              + (descriptor.size() - remaining)
              + " of "
              + descriptor.size()
              + " bytes");
    }
    byte[] hash = digest.digest();
    if (!descriptor.digest().matches(hash)) {
      throw mismatch(
          "blob has the digest "
              + descriptor.digest().algorithm()
              + ":"
              + HexFormat.of().formatHex(hash)
              + ", expected "
              + descriptor.digest());
    }
    verified = true;
  }

  private BlobMismatchException mismatch(String message) {
    mismatch.run();
    return new BlobMismatchException(message);
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] buffer = new byte[(int) Math.min(8192, Math.max(0, count))];
    int read = count <= 0 ? 0 : read(buffer, 0, buffer.length);
    return Math.max(0, read);
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(remaining, in.available());
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
