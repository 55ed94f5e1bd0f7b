package dev.slipway.inspect.start;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LdSoCacheTest {
  private static final String MAGIC = "glibc-ld.so.cache1.1";

  /** As ldconfig writes it: a header, an entry a library, then the texts that they point at. */
  private static byte[] cache(int count, String... namesAndPaths) {
    int entries = namesAndPaths.length / 2;
    ByteBuffer table =
        ByteBuffer.allocate(48 + entries * 24)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(MAGIC.getBytes(US_ASCII))
            .putInt(count)
            .position(48);
    ByteArrayOutputStream texts = new ByteArrayOutputStream();
    for (int i = 0; i < entries; i++) {
      table.putInt(3);
      for (String text : List.of(namesAndPaths[2 * i], namesAndPaths[2 * i + 1])) {
        table.putInt(table.capacity() + texts.size());
        texts.writeBytes(text.getBytes(US_ASCII));
        texts.write(0);
      }
      table.position(table.position() + 12);
    }
    return concatenated(table.array(), texts.toByteArray());
  }

  private static byte[] concatenated(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  @Test
  void librariesAreFoundByTheirNamesInTheOrderOfTheFile() {
    byte[] cache = cache(3, "liba.so.1", "/lib/fast/a", "libb.so", "/lib/b", "liba.so.1", "/lib/a");
    assertThat(LdSoCache.read(cache))
        .hasSize(2)
        .containsEntry("liba.so.1", List.of("/lib/fast/a", "/lib/a"))
        .containsEntry("libb.so", List.of("/lib/b"));
  }

  @Test
  void theNewFormMayStandBehindTheOld() {
    byte[] old = Arrays.copyOf("ld.so-1.7.0".getBytes(US_ASCII), 160);
    byte[] cache = concatenated(old, cache(1, "liba.so", "/lib/a"));
    assertThat(LdSoCache.read(cache)).containsOnlyKeys("liba.so").containsValue(List.of("/lib/a"));
  }

  @Test
  void nothingIsReadOfAnotherForm() {
    assertThat(LdSoCache.read(new byte[0])).isEmpty();
    assertThat(LdSoCache.read("nonsense".getBytes(US_ASCII))).isEmpty();
    assertThat(LdSoCache.read(MAGIC.getBytes(US_ASCII))).isEmpty();
  }

  @Test
  void moreEntriesThanTheFileHasRoomForAreNone() {
    assertThat(LdSoCache.read(cache(1_000_000, "liba.so", "/lib/a"))).isEmpty();
    assertThat(LdSoCache.read(cache(-1, "liba.so", "/lib/a"))).isEmpty();
  }

  @Test
  void whatPointsOutOfTheFileIsEmpty() {
    byte[] cache = cache(1, "liba.so", "/lib/a");
    ByteBuffer.wrap(cache).order(ByteOrder.LITTLE_ENDIAN).putInt(48 + 8, Integer.MAX_VALUE);
    assertThat(LdSoCache.read(cache)).containsEntry("liba.so", List.of(""));
  }

  @Test
  void noDamageMakesItFail() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] cache = cache(2, "liba.so", "/lib/a", "libb.so", "/lib/b");
      for (int j = 0; j < 4; j++) {
        cache[MAGIC.length() + random.nextInt(cache.length - MAGIC.length())] =
            (byte) random.nextInt();
      }
      assertThat(LdSoCache.read(cache)).isNotNull();
    }
  }
}
