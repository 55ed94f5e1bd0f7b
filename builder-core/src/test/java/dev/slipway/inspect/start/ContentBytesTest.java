package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tree.BytesContent;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentBytesTest {
  private static final byte[] BYTES = new byte[100_000];

  static {
    new Random(1).nextBytes(BYTES);
  }

  @Test
  void piecesAreReadInAnyOrder() throws IOException {
    Random random = new Random(2);
    try (ContentBytes bytes = new ContentBytes(new BytesContent(BYTES))) {
      for (int i = 0; i < 500; i++) {
        int offset = random.nextInt(BYTES.length);
        int length = 1 + random.nextInt(40_000);
        int end = Math.min(BYTES.length, offset + length);
        assertThat(bytes.read(offset, length)).isEqualTo(Arrays.copyOfRange(BYTES, offset, end));
      }
    }
  }

  @Test
  void whereThereIsNothingNothingIsRead() throws IOException {
    try (ContentBytes bytes = new ContentBytes(new BytesContent(BYTES))) {
      assertThat(bytes.read(BYTES.length, 1)).isEmpty();
      assertThat(bytes.read(-1, 1)).isEmpty();
      assertThat(bytes.read(0, 0)).isEmpty();
    }
  }
}
