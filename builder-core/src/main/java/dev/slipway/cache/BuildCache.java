package dev.slipway.cache;

import dev.slipway.oci.Descriptor;
import dev.slipway.store.FactStore;
import dev.slipway.store.LayerId;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Results of steps, on this machine and in caches that it shares with others. A step is looked up
 * by its <em>definition</em> key, which needs no hashing of results. What a step that ran again is
 * to be compared with is looked up by its <em>place</em>, so that an equal result keeps the earlier
 * layer and everything below it stays a hit. A damaged record is a miss. Thread-safe, the records
 * also between processes.
 */
public final class BuildCache {
  private static final String STEPS = "step";
  private static final String LATEST = "latest";
  private static final int NAMESPACE_DIGITS = 16;

  private final FactStore facts;
  private final List<CacheBackend> backends;
  private final String namespace;
  private final Map<CacheKey, StepRecord> used = new ConcurrentHashMap<>();

  /** A cache on this machine only. */
  public BuildCache(FactStore facts) {
    this(facts, List.of());
  }

  /**
   * @param backends asked in this order for what this machine does not know
   */
  public BuildCache(FactStore facts, List<CacheBackend> backends) {
    this.facts = facts;
    this.backends = List.copyOf(backends);
    this.namespace = namespace(backends);
  }

  /** What the same caches told is kept under; an empty text for none. */
  private static String namespace(List<CacheBackend> backends) {
    if (backends.isEmpty()) {
      return "";
    }
    List<String> names = backends.stream().map(CacheBackend::name).toList();
    String hex = StepKey.builder("shared").list("cache", names).build().key().hex();
    return "-" + hex.substring(0, NAMESPACE_DIGITS);
  }

  /** Whether other machines' results may be used. */
  public boolean isShared() {
    return !backends.isEmpty();
  }

  /**
   * A result that this machine has.
   *
   * @param record what the step came to
   * @param scope of what is built on it
   */
  public record Found(StepRecord record, CacheScope scope) {}

  /**
   * What this machine knows of the step of this definition; empty if it has not been run, or was
   * pruned.
   */
  public Optional<Found> lookup(CacheKey definitionKey, CacheScope scope) {
    return find(STEPS, definitionKey, scope);
  }

  private Optional<Found> find(String kind, CacheKey key, CacheScope scope) {
    Optional<StepRecord> own =
        scope == CacheScope.OWN
            ? facts.find(kind, key.hex()).flatMap(StepRecordCodec::decode)
            : Optional.empty();
    if (own.isPresent() || !isShared()) {
      return own.map(record -> new Found(record, CacheScope.OWN));
    }
    return facts
        .find(kind + namespace, key.hex())
        .flatMap(StepRecordCodec::decode)
        .map(record -> new Found(record, CacheScope.SHARED));
  }

  /** What other machines know of the step of this definition. */
  public Optional<SharedStep> lookupShared(CacheKey definitionKey) {
    for (CacheBackend backend : backends) {
      Optional<SharedStep> found = backend.find(definitionKey);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * The bytes of a layer that {@link #lookupShared} told of, verified at their end. The caller
   * closes it.
   */
  public InputStream open(Descriptor layer) throws IOException {
    for (CacheBackend backend : backends) {
      if (backend.has(layer.digest())) {
        return backend.open(layer);
      }
    }
    throw new IOException("no cache has layer " + layer.digest());
  }

  /** Remembers a step's result; the last one counts. */
  public void record(CacheKey definitionKey, StepRecord record, CacheScope scope) {
    facts.put(kind(STEPS, scope), definitionKey.hex(), StepRecordCodec.encode(record));
  }

  private String kind(String kind, CacheScope scope) {
    return scope == CacheScope.OWN ? kind : kind + namespace;
  }

  /** The latest result of a step at this place, whatever it read. */
  public Optional<Found> latest(CacheKey place, CacheScope scope) {
    return find(LATEST, place, scope);
  }

  /** Remembers a result for {@link #latest}. */
  public void recordLatest(CacheKey place, StepRecord record, CacheScope scope) {
    facts.put(kind(LATEST, scope), place.hex(), StepRecordCodec.encode(record));
  }

  /** A name for the layer that the step of this key makes, where it makes the same each time. */
  public LayerId layerOf(CacheKey key, CacheScope scope) {
    return scope == CacheScope.OWN
        ? new LayerId(key.hex())
        : new LayerId(
            StepKey.builder("layer")
                .field("cache", namespace)
                .field("key", key)
                .build()
                .key()
                .hex());
  }

  /** Notes that a step of this build has a result, for {@link #used}. */
  public void use(CacheKey definitionKey, StepRecord record) {
    used.put(definitionKey, record);
  }

  /** The results that this build used or made, by what they are found by. */
  public Map<CacheKey, StepRecord> used() {
    return Map.copyOf(used);
  }

  /** What stood where in earlier builds of this machine, to explain misses. */
  public StepPlaces places() {
    return new StepPlaces(facts);
  }
}
