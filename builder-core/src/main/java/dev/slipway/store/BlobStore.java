package dev.slipway.store;

import dev.slipway.oci.BlobMismatchException;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.VerifyingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Bytes by their digest. A blob that was found stays until the store is closed or released,
 * whatever other processes prune. Files were verified when they were written; a disk can still
 * change them, so that whoever must be sure reads through {@link #open}, which deletes what it
 * finds damaged. Thread-safe, also between processes.
 */
public final class BlobStore {
  private final StoreSession session;

  BlobStore(StoreSession session) {
    this.session = session;
  }

  /**
   * @param expectedSize in bytes; a file of another size is a miss, to be written anew
   * @return the file, to be read only
   * @throws StoreException if the disk fails
   */
  public Optional<Path> find(Digest digest, long expectedSize) {
    return find(digest, expectedSize, false);
  }

  /** As {@link #find(Digest, long)} where nobody has said the size. */
  public Optional<Path> find(Digest digest) {
    return find(digest, -1, true);
  }

  private Optional<Path> find(Digest digest, long expectedSize, boolean anySize) {
    Path file = file(digest);
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      boolean hit =
          attributes.isRegularFile()
              && (anySize || attributes.size() == expectedSize)
              && session.use(file, attributes.lastModifiedTime());
      return hit ? Optional.of(file) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreException.of("look up", file, e);
    }
  }

  /**
   * Opens a blob for reading, its size and digest verified on the way.
   *
   * @return a stream whose last read fails with {@link BlobMismatchException} if the bytes are
   *     others, to be closed by the caller; empty if there is no such blob of that size
   */
  public Optional<InputStream> open(Descriptor descriptor) {
    Optional<Path> file = find(descriptor.digest(), descriptor.size());
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new VerifyingInputStream(
              Files.newInputStream(file.get()), descriptor, () -> discard(file.get())));
    } catch (IOException e) {
      throw StoreException.of("open", file.get(), e);
    }
  }

  /** Whether a blob is there and its bytes are its own; one that is damaged is gone afterwards. */
  public boolean isIntact(Descriptor descriptor) {
    try (InputStream in = open(descriptor).orElse(null)) {
      if (in != null) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return in != null;
    } catch (BlobMismatchException e) {
      return false;
    } catch (IOException e) {
      throw StoreException.of("read", file(descriptor.digest()), e);
    }
  }

  /** Who needs it again makes or fetches it anew, as anything that is not there. */
  private static void discard(Path damaged) {
    try {
      Files.deleteIfExists(damaged);
    } catch (IOException e) {
      // That it is damaged is told in any case.
    }
  }

  /** Writes a blob whose SHA-256 will be known when it is complete. The caller closes it. */
  public BlobWriter writer() {
    return new BlobWriter(session, this, Digest.newSha256(), null, -1);
  }

  /**
   * Writes a blob of which the digest is known; committing other bytes fails. The caller closes it.
   *
   * @param size in bytes, or -1 if not known; writing more fails
   */
  public BlobWriter writer(Digest digest, long size) {
    return new BlobWriter(session, this, digest.newMessageDigest(), digest, size);
  }

  /** Stores bytes that are in memory. */
  public Digest put(byte[] content) {
    Digest digest = Digest.of(content);
    if (find(digest, content.length).isEmpty()) {
      try (BlobWriter writer = writer(digest, content.length)) {
        writer.write(content);
        writer.commit();
      } catch (IOException e) {
        throw StoreException.of("write", file(digest), e);
      }
    }
    return digest;
  }

  /** Where a blob is or would be. */
  Path file(Digest digest) {
    return session.layout.blobs.resolve(digest.algorithm()).resolve(digest.hex());
  }
}
