package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactStoreTest {
  private static final String KEY = "00112233445566778899";

  @TempDir Path temp;
  private Store store;
  private FactStore facts;

  @BeforeEach
  void open() {
    store = Store.open(temp, InstantSource.system());
    facts = store.facts();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aFactIsFoundByKindAndKey() {
    facts.put("tree", KEY, new byte[] {1, 2, 3});
    facts.put("empty", KEY, new byte[0]);
    assertThat(facts.find("tree", KEY)).contains(new byte[] {1, 2, 3});
    assertThat(facts.find("empty", KEY)).contains(new byte[0]);
    assertThat(facts.find("step", KEY)).isEmpty();
    assertThat(facts.find("tree", KEY + "00")).isEmpty();
  }

  @Test
  void theLastFactPutWins() {
    facts.put("tree", KEY, new byte[] {1, 2, 3});
    facts.put("tree", KEY, new byte[] {4});
    assertThat(facts.find("tree", KEY)).contains(new byte[] {4});
    facts.remove("tree", KEY);
    assertThat(facts.find("tree", KEY)).isEmpty();
  }

  @Test
  void anyDamageIsAMiss() throws IOException {
    facts.put("tree", KEY, new byte[] {1, 2, 3});
    Path file = store.directory().resolve("facts/tree/00/" + KEY.substring(2));
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length++) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThat(facts.find("tree", KEY)).as("cut to %d", length).isEmpty();
    }
    Files.write(file, Arrays.copyOf(good, good.length + 1));
    assertThat(facts.find("tree", KEY)).isEmpty();
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x10;
      Files.write(file, bad);
      assertThat(facts.find("tree", KEY)).as("byte %d changed", i).isEmpty();
    }
    Files.write(file, good);
    assertThat(facts.find("tree", KEY)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "0011223", "../../../../etc", "0011223G", "AABBCCDD"})
  void refusesKeysThatAreNoHexadecimalNumbers(String key) {
    assertThatThrownBy(() -> facts.find("tree", key)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "Tree", "a b"})
  void refusesKindsThatAreNoPlainNames(String kind) {
    assertThatThrownBy(() -> facts.put(kind, KEY, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readersSeeAWholeFactWhileItIsReplaced() throws InterruptedException {
    byte[] ones = new byte[10_000];
    Arrays.fill(ones, (byte) 1);
    byte[] twos = new byte[20_000];
    Arrays.fill(twos, (byte) 2);
    facts.put("tree", KEY, ones);
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 200; i++) {
                facts.put("tree", KEY, i % 2 == 0 ? twos : ones);
              }
            });
    writer.start();
    while (writer.isAlive()) {
      Optional<byte[]> found = facts.find("tree", KEY);
      assertThat(found).isPresent();
      byte[] bytes = found.orElseThrow();
      assertThat(bytes).isEqualTo(bytes[0] == 1 ? ones : twos);
    }
    writer.join();
  }
}
