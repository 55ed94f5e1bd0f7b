package dev.slipway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Digest;
import dev.slipway.store.BlobStore;
import dev.slipway.store.LayerId;
import dev.slipway.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {
  private static final CacheKey KEY = new CacheKey("01".repeat(32));
  private static final CacheKey OTHER = new CacheKey("02".repeat(32));
  private static final LayerId LAYER = new LayerId("03".repeat(32));

  @TempDir Path temp;
  private Store store;
  private BuildCache cache;

  @BeforeEach
  void open() {
    store = Store.open(temp, InstantSource.system());
    cache = new BuildCache(store.facts());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static void assertIsRecord(
      Optional<StepRecord> found, CacheKey canonical, byte... payload) {
    StepRecord record = found.orElseThrow();
    assertThat(record.canonicalKey()).isEqualTo(canonical);
    assertThat(record.layer()).isEqualTo(LAYER);
    assertThat(record.payload()).isEqualTo(payload);
  }

  @Test
  void aStepIsFoundByItsDefinition() {
    assertThat(cache.lookup(KEY)).isEmpty();
    cache.record(KEY, new StepRecord(OTHER, LAYER, new byte[] {1, 2}));
    assertIsRecord(cache.lookup(KEY), OTHER, (byte) 1, (byte) 2);
    assertThat(cache.lookup(OTHER)).isEmpty();
  }

  @Test
  void whatAStepThatRunsAgainIsToBeComparedWithIsFoundByItsPlace() {
    CacheKey place = new CacheKey("04".repeat(32));
    cache.recordLatest(place, new StepRecord(KEY, LAYER, new byte[0]));
    assertIsRecord(cache.latest(place), KEY);
    assertThat(cache.lookup(place)).as("the two kinds of keys do not mix").isEmpty();
  }

  @Test
  void whatAnotherMachinePublishedIsFoundAndKept() {
    SharedMap shared = new SharedMap();
    cache.publish(
        shared, KEY, new StepRecord(OTHER, LAYER, new byte[] {7}), List.of(), store.blobs());
    assertThat(cache.lookup(KEY)).isEmpty();
    assertIsRecord(
        new BuildCache(store.facts(), List.of(new SharedMap(), shared)).lookup(KEY),
        OTHER,
        (byte) 7);
    assertIsRecord(cache.lookup(KEY), OTHER, (byte) 7);
  }

  private static final class SharedMap implements CacheBackend {
    private final Map<CacheKey, byte[]> records = new HashMap<>();

    @Override
    public Optional<byte[]> find(CacheKey key) {
      return Optional.ofNullable(records.get(key));
    }

    @Override
    public void put(CacheKey key, byte[] record, List<Digest> blobs, BlobStore from) {
      records.put(key, record);
    }

    @Override
    public boolean fetch(Digest blob, BlobStore into) {
      return false;
    }
  }

  @Test
  void aRecordOfAnotherFormatIsAMiss() {
    store.facts().put("step", KEY.hex(), new byte[] {1, 2, 3});
    assertThat(cache.lookup(KEY)).isEmpty();
    byte[] later = new byte[65];
    later[0] = 99;
    store.facts().put("step", KEY.hex(), later);
    assertThat(cache.lookup(KEY)).isEmpty();
  }

  @Test
  void aMissIsExplainedByTheStepThatWasAtItsPlace() {
    StepKey before = StepKey.builder("run").field("user", "root").build();
    StepKey now = StepKey.builder("run").field("user", "app").build();
    assertThat(cache.explainMiss("Dockerfile:3", now)).isEmpty();
    cache.recordPlace("Dockerfile:3", before);
    assertThat(cache.explainMiss("Dockerfile:3", now))
        .containsExactly(new KeyDifference("user", "root", "app"));
    assertThat(cache.explainMiss("Dockerfile:4", now)).isEmpty();
    assertThat(cache.explainMiss("Dockerfile:3", before)).isEmpty();
  }
}
