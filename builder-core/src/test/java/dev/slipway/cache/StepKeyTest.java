package dev.slipway.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepKeyTest {
  private static StepKey.Builder run() {
    return StepKey.builder("run");
  }

  @Test
  void equalFieldsMakeEqualKeys() {
    assertThat(run().field("user", "root").field("net", true).build())
        .isEqualTo(run().field("user", "root").field("net", true).build());
  }

  @Test
  void theKeyOfAStepNeverChangesByAccident() {
    // Changing this means that nobody finds what was cached before: raise the format's number too.
    StepKey key = run().field("user", "root").list("argv", List.of("sh", "-c", "true")).build();
    assertThat(key.key().hex())
        .isEqualTo("c1976951632707554a0860cd7c6d348a7581625139a2e8ff989600be96150e67");
  }

  @Test
  void fieldsThatRunTogetherMakeDifferentKeys() {
    Set<CacheKey> keys = new HashSet<>();
    List<StepKey.Builder> builders =
        List.of(
            run(),
            StepKey.builder("copy"),
            run().field("a", ""),
            run().field("", "a"),
            run().field("ab", "c"),
            run().field("a", "bc"),
            run().field("a", "b").field("c", ""),
            run().field("a", "").field("b", "c"),
            run().list("a", List.of()),
            run().list("a", List.of("")),
            run().list("a", List.of("b", "c")),
            run().list("a", List.of("bc")),
            run().list("a", List.of("c", "b")),
            run().list("a", List.of("b")).list("a", List.of("c")),
            run().map("a", Map.of("b", "c")),
            run().map("a", Map.of("c", "b")));
    for (StepKey.Builder builder : builders) {
      keys.add(builder.build().key());
    }
    assertThat(keys).hasSameSizeAs(builders);
  }

  @Test
  void aMissIsExplainedByTheFieldsThatDiffer() {
    StepKey before =
        run().field("user", "root").field("cwd", "/src").list("argv", List.of("make")).build();
    StepKey now =
        run().field("user", "app").list("argv", List.of("make", "-j")).field("net", 1).build();
    assertThat(StepKey.explain(before.fields(), now.fields()))
        .extracting(KeyDifference::toString)
        .containsExactly(
            "user: 'root' became 'app'",
            "argv count: '1' became '2'",
            "argv[1]: '-j' is new",
            "net: '1' is new",
            "cwd: '/src' is gone");
    assertThat(StepKey.explain(now.fields(), now.fields())).isEmpty();
  }

  @Test
  void fieldsOfOneNameAreComparedOneByOne() {
    StepKey before = run().field("file", "a").field("file", "b").build();
    StepKey now = run().field("file", "a").field("file", "c").build();
    assertThat(StepKey.explain(before.fields(), now.fields()))
        .containsExactly(new KeyDifference("file (2)", "b", "c"));
  }

  @Test
  void longValuesAndBytesAreKeptAsHashes() {
    String text = "x".repeat(10_000);
    StepKey key = run().field("text", text).field("bytes", new byte[] {1}).build();
    assertThat(key.fields()).hasSize(3);
    assertThat(key.fields().subList(1, 3)).allMatch(f -> f.value().startsWith("sha256:"));
    assertThat(run().field("text", text).build().key())
        .isEqualTo(run().field("text", text.getBytes(StandardCharsets.UTF_8)).build().key());
  }

  @Test
  void keysAreHexadecimalOnly() {
    for (String bad : new String[] {"", "ab", "G".repeat(64), "AB".repeat(32), "../".repeat(22)}) {
      assertThatThrownBy(() -> new CacheKey(bad)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new CacheKey("0a".repeat(32))).hasToString("0a".repeat(32));
  }
}
