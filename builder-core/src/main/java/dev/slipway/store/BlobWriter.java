package dev.slipway.store;

import dev.slipway.oci.BlobMismatchException;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Writes a blob aside and hashes it on the way. Nobody sees it before {@link #commit}; closed
 * without a commit, or its process killed, it never was. Not buffered: write in large pieces. Not
 * thread-safe.
 */
public final class BlobWriter extends OutputStream {
  private final StoreSession session;
  private final BlobStore blobs;
  private final MessageDigest hash;
  private final @Nullable Digest expected;
  private final long expectedSize;
  private final Path file;
  private final FileChannel channel;
  private long size;
  private @Nullable Digest committed;

  BlobWriter(
      StoreSession session,
      BlobStore blobs,
      MessageDigest hash,
      @Nullable Digest expected,
      long expectedSize) {
    this.session = session;
    this.blobs = blobs;
    this.hash = hash;
    this.expected = expected;
    this.expectedSize = expectedSize;
    this.file = session.temporaryFile();
    try {
      this.channel = session.layout.createFile(file);
    } catch (IOException e) {
      throw StoreException.of("create", file, e);
    }
  }

  /** The file while it is being written: all that was written so far can be read there. */
  public Path file() {
    return file;
  }

  /** Bytes written so far. */
  public long size() {
    return size;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (expectedSize >= 0 && size + length > expectedSize) {
      throw new BlobMismatchException(
          "blob " + expected + " is longer than its " + expectedSize + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    hash.update(bytes, offset, length);
    size += length;
  }

  /**
   * Makes the blob visible under its digest, over an earlier file of that name.
   *
   * @return the digest
   * @throws BlobMismatchException if digest or size are not the expected ones; nothing is kept
   * @throws IOException if the disk fails
   */
  public Digest commit() throws IOException {
    if (committed != null) {
      return committed;
    }
    channel.close();
    byte[] bytes = hash.digest();
    if (expected != null && !expected.matches(bytes)) {
      throw new BlobMismatchException(
          "blob has the digest "
              + expected.algorithm()
              + ":"
              + HexFormat.of().formatHex(bytes)
              + ", expected "
              + expected);
    }
    if (expectedSize >= 0 && size != expectedSize) {
      throw new BlobMismatchException(
          "blob " + expected + " ends after " + size + " of " + expectedSize + " bytes");
    }
    Digest digest = expected != null ? expected : Digest.ofHash(bytes);
    session.layout.move(file, blobs.file(digest));
    session.added(Inventory.onDisk(size));
    committed = digest;
    return digest;
  }

  /** Deletes what was written unless it was committed. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (committed == null) {
      Files.deleteIfExists(file);
    }
  }
}
