package dev.slipway.snapshot;

import dev.slipway.layer.BlockInputStream;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A layer's archive while its blob comes. Fails with a {@link SnapshotException} where either is
 * not what the image names; no {@link IOException} is thrown but by {@link #close}.
 */
final class VerifiedArchive extends BlockInputStream {
  private final InputStream archive;
  private final Image.Layer layer;
  private final Runnable wholeBlob;
  private final MessageDigest hash;
  private boolean verified;

  /**
   * @param wholeBlob waits for all of the blob; fails where it is another one
   */
  VerifiedArchive(InputStream archive, Image.Layer layer, Runnable wholeBlob) {
    this.archive = archive;
    this.layer = layer;
    this.wholeBlob = wholeBlob;
    this.hash = layer.diffId().digest().newMessageDigest();
  }

  @Override
  public int read(byte[] buffer, int start, int length) {
    try {
      int count = archive.read(buffer, start, length);
      if (count >= 0) {
        hash.update(buffer, start, count);
      } else {
        verify();
      }
      return count;
    } catch (IOException e) {
      throw new SnapshotException("cannot read layer " + layer.descriptor().digest(), e);
    }
  }

  private void verify() {
    if (verified) {
      return;
    }
    wholeBlob.run();
    Digest expected = layer.diffId().digest();
    byte[] bytes = hash.digest();
    if (!expected.matches(bytes)) {
      throw new SnapshotException(
          "layer "
              + layer.descriptor().digest()
              + " unpacks to "
              + expected.algorithm()
              + ":"
              + HexFormat.of().formatHex(bytes)
              + ", but the image's configuration says "
              + expected,
          null);
    }
    verified = true;
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
