package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VerifyingInputStreamTest {
  private static final byte[] BLOB = "some blob".getBytes(StandardCharsets.UTF_8);
  private static final Descriptor DESCRIPTOR = Descriptor.of(MediaType.OCI_LAYER, BLOB);

  @Test
  void rightBytesPass() throws IOException {
    assertThat(read(BLOB)).isEqualTo(BLOB);
  }

  @Test
  void otherBytesFailAtTheEnd() {
    byte[] other = BLOB.clone();
    other[0]++;
    assertThatThrownBy(() -> read(other))
        .isInstanceOf(BlobMismatchException.class)
        .hasMessageContaining("expected " + DESCRIPTOR.digest());
  }

  @Test
  void fewerBytesFail() {
    assertThatThrownBy(() -> read("some".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(BlobMismatchException.class)
        .hasMessageContaining("ends after 4 of 9 bytes");
  }

  @Test
  void moreBytesFail() {
    assertThatThrownBy(() -> read("some blob!".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(BlobMismatchException.class)
        .hasMessageContaining("longer than its 9 bytes");
  }

  private static byte[] read(byte[] bytes) throws IOException {
    try (VerifyingInputStream in =
        new VerifyingInputStream(new ByteArrayInputStream(bytes), DESCRIPTOR)) {
      return in.readAllBytes();
    }
  }
}
