package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.BlobMismatchException;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
  private static final Digest DIGEST = Digest.of(CONTENT);

  @TempDir Path temp;
  private Store store;
  private BlobStore blobs;

  @BeforeEach
  void open() {
    store = Store.open(temp, InstantSource.system());
    blobs = store.blobs();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aWrittenBlobIsFoundUnderItsDigest() throws IOException {
    try (BlobWriter writer = blobs.writer()) {
      writer.write(CONTENT, 0, 3);
      writer.write(CONTENT, 3, CONTENT.length - 3);
      assertThat(writer.commit()).isEqualTo(DIGEST);
    }
    assertThat(blobs.find(DIGEST, CONTENT.length).orElseThrow()).hasBinaryContent(CONTENT);
    assertThat(blobs.find(DIGEST)).isPresent();
  }

  @Test
  void aBlobThatIsNotCommittedNeverWas() throws IOException {
    Path file;
    try (BlobWriter writer = blobs.writer()) {
      writer.write(CONTENT);
      file = writer.file();
      assertThat(file).hasBinaryContent(CONTENT);
    }
    assertThat(file).doesNotExist();
    assertThat(blobs.find(DIGEST)).isEmpty();
  }

  @Test
  void aBlobWithAnotherDigestIsRefused() throws IOException {
    Digest other = Digest.of(new byte[0]);
    try (BlobWriter writer = blobs.writer(other, -1)) {
      writer.write(CONTENT);
      assertThatThrownBy(writer::commit)
          .isInstanceOf(BlobMismatchException.class)
          .hasMessageContaining(DIGEST.toString())
          .hasMessageContaining(other.toString());
    }
    assertThat(blobs.find(other)).isEmpty();
  }

  @Test
  void aBlobOfAnotherSizeIsRefusedAsSoonAsThatIsKnown() throws IOException {
    try (BlobWriter writer = blobs.writer(DIGEST, 3)) {
      assertThatThrownBy(() -> writer.write(CONTENT)).isInstanceOf(BlobMismatchException.class);
    }
    try (BlobWriter writer = blobs.writer(DIGEST, 30)) {
      writer.write(CONTENT);
      assertThatThrownBy(writer::commit).isInstanceOf(BlobMismatchException.class);
    }
    assertThat(blobs.find(DIGEST)).isEmpty();
  }

  @Test
  void aSha512BlobIsVerifiedAsSuch() throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-512").digest(CONTENT);
    Digest digest = new Digest("sha512", HexFormat.of().formatHex(hash));
    try (BlobWriter writer = blobs.writer(digest, CONTENT.length)) {
      writer.write(CONTENT);
      assertThat(writer.commit()).isEqualTo(digest);
    }
    assertThat(blobs.find(digest, CONTENT.length)).isPresent();
  }

  @Test
  void aTruncatedFileIsAMissAndIsWrittenAgain() throws IOException {
    Path file = blobs.find(blobs.put(CONTENT)).orElseThrow();
    Files.write(file, new byte[] {1, 2});
    assertThat(blobs.find(DIGEST, CONTENT.length)).isEmpty();
    blobs.put(CONTENT);
    assertThat(blobs.find(DIGEST, CONTENT.length)).isPresent();
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void aDirectoryInTheWayIsAMiss() throws IOException {
    Files.createDirectories(store.directory().resolve("blobs/sha256/" + DIGEST.hex()));
    assertThat(blobs.find(DIGEST)).isEmpty();
  }

  @Test
  void aChangedFileOfTheRightSizeFailsAtItsEnd() throws IOException {
    Path file = blobs.find(blobs.put(CONTENT)).orElseThrow();
    Files.write(file, "CONTENT".getBytes(StandardCharsets.UTF_8));
    Descriptor descriptor = new Descriptor(MediaType.OCI_CONFIG, DIGEST, CONTENT.length);
    try (InputStream in = blobs.open(descriptor).orElseThrow()) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(BlobMismatchException.class);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void anIntactBlobStaysAndADamagedOneGoes() throws IOException {
    Path file = blobs.find(blobs.put(CONTENT)).orElseThrow();
    Descriptor descriptor = new Descriptor(MediaType.OCI_CONFIG, DIGEST, CONTENT.length);
    assertThat(blobs.isIntact(descriptor)).isTrue();
    assertThat(file).exists();
    Files.write(file, "CONTENT".getBytes(StandardCharsets.UTF_8));
    assertThat(blobs.isIntact(descriptor)).isFalse();
    assertThat(file).doesNotExist();
    assertThat(blobs.isIntact(descriptor)).isFalse();
  }
}
