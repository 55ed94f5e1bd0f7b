package dev.slipway.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cache.BuildCache.Found;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.MediaType;
import dev.slipway.store.LayerId;
import dev.slipway.store.Store;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
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
  private static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000, 123_456_789);
  private static final byte[] BYTES = "a layer".getBytes(UTF_8);
  private static final Image.Layer BLOB =
      new Image.Layer(
          Descriptor.of(MediaType.OCI_LAYER_ZSTD, BYTES),
          new DiffId(Digest.parse("sha256:" + "04".repeat(32))));

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

  private BuildCache with(CacheBackend... backends) {
    return new BuildCache(store.facts(), List.of(backends));
  }

  @Test
  void aStepIsFoundByItsDefinition() {
    StepRecord record = new StepRecord(OTHER, LAYER, CREATED);
    assertThat(cache.lookup(KEY, CacheScope.OWN)).isEmpty();
    cache.record(KEY, record, CacheScope.OWN);
    assertThat(cache.lookup(KEY, CacheScope.OWN)).contains(new Found(record, CacheScope.OWN));
    assertThat(cache.lookup(OTHER, CacheScope.OWN)).isEmpty();
  }

  @Test
  void aRecordTellsWhichBlobASharedLayerIs() {
    StepRecord record = new StepRecord(OTHER, LAYER, CREATED, BLOB);
    cache.record(KEY, record, CacheScope.OWN);
    assertThat(cache.lookup(KEY, CacheScope.OWN)).contains(new Found(record, CacheScope.OWN));
  }

  @Test
  void whatAStepThatRunsAgainIsToBeComparedWithIsFoundByItsPlace() {
    CacheKey place = new CacheKey("04".repeat(32));
    StepRecord record = new StepRecord(KEY, LAYER, CREATED);
    cache.recordLatest(place, record, CacheScope.OWN);
    assertThat(cache.latest(place, CacheScope.OWN)).contains(new Found(record, CacheScope.OWN));
    assertThat(cache.lookup(place, CacheScope.OWN))
        .as("the two kinds of keys do not mix")
        .isEmpty();
  }

  @Test
  void cachesAreAskedInTheirOrder() throws IOException {
    SharedMap first = new SharedMap("first");
    SharedMap second = new SharedMap("second");
    SharedStep step = new SharedStep(OTHER, CREATED, BLOB);
    second.steps.put(KEY, step);
    BuildCache both = with(first, second);
    assertThat(both.lookupShared(KEY)).contains(step);
    assertThat(both.lookupShared(OTHER)).isEmpty();
    try (InputStream in = both.open(BLOB.descriptor())) {
      assertThat(in.readAllBytes()).isEqualTo(BYTES);
    }
    Descriptor unknown = Descriptor.of(MediaType.OCI_LAYER, new byte[1]);
    assertThatThrownBy(() -> both.open(unknown)).isInstanceOf(IOException.class);
  }

  @Test
  void whatRestsOnACacheIsNotGivenToBuildsThatDoNotNameIt() {
    StepRecord record = new StepRecord(OTHER, LAYER, CREATED);
    BuildCache shared = with(new SharedMap("first"));
    shared.record(KEY, record, CacheScope.SHARED);
    shared.recordLatest(KEY, record, CacheScope.SHARED);

    assertThat(cache.lookup(KEY, CacheScope.OWN)).isEmpty();
    assertThat(cache.latest(KEY, CacheScope.OWN)).isEmpty();
    assertThat(with(new SharedMap("second")).lookup(KEY, CacheScope.OWN)).isEmpty();
    assertThat(with(new SharedMap("first"), new SharedMap("second")).lookup(KEY, CacheScope.OWN))
        .as("another cache may have said something about what it rests on")
        .isEmpty();
    Found found = new Found(record, CacheScope.SHARED);
    assertThat(with(new SharedMap("first")).lookup(KEY, CacheScope.OWN)).contains(found);
    assertThat(with(new SharedMap("first")).latest(KEY, CacheScope.OWN)).contains(found);
  }

  @Test
  void whatWasMadeHereIsNotGivenToStepsThatRestOnACache() {
    cache.record(KEY, new StepRecord(OTHER, LAYER, CREATED), CacheScope.OWN);
    BuildCache shared = with(new SharedMap("first"));
    assertThat(shared.lookup(KEY, CacheScope.OWN)).isPresent();
    assertThat(shared.lookup(KEY, CacheScope.SHARED))
        .as("a cache can claim any name for what the step reads")
        .isEmpty();
    assertThat(shared.layerOf(KEY, CacheScope.SHARED))
        .isEqualTo(with(new SharedMap("first")).layerOf(KEY, CacheScope.SHARED))
        .isNotEqualTo(with(new SharedMap("second")).layerOf(KEY, CacheScope.SHARED))
        .isNotEqualTo(shared.layerOf(KEY, CacheScope.OWN));
  }

  private static final class SharedMap implements CacheBackend {
    private final String name;
    private final Map<CacheKey, SharedStep> steps = new HashMap<>();

    SharedMap(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Optional<SharedStep> find(CacheKey key) {
      return Optional.ofNullable(steps.get(key));
    }

    @Override
    public boolean has(Digest layer) {
      return !steps.isEmpty() && layer.equals(BLOB.descriptor().digest());
    }

    @Override
    public InputStream open(Descriptor layer) {
      return new ByteArrayInputStream(BYTES);
    }
  }

  @Test
  void aRecordOfAnotherFormatIsAMiss() {
    store.facts().put("step", KEY.hex(), new byte[] {1, 2, 3});
    assertThat(cache.lookup(KEY, CacheScope.OWN)).isEmpty();
    byte[] later = new byte[77];
    later[0] = 99;
    store.facts().put("step", KEY.hex(), later);
    assertThat(cache.lookup(KEY, CacheScope.OWN)).isEmpty();
    byte[] cutOff = new byte[79];
    cutOff[0] = 1;
    cutOff[77] = 'x';
    store.facts().put("step", KEY.hex(), cutOff);
    assertThat(cache.lookup(KEY, CacheScope.OWN)).isEmpty();
  }
}
