package dev.slipway.execute;

import dev.slipway.cache.BuildCache;
import dev.slipway.cache.CacheKey;
import dev.slipway.cache.CacheScope;
import dev.slipway.cache.SharedStep;
import dev.slipway.cache.StepKey;
import dev.slipway.cache.StepRecord;
import dev.slipway.oci.Image;
import dev.slipway.snapshot.Layer;
import dev.slipway.snapshot.LayerStore;
import dev.slipway.store.LayerId;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Origin;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** What earlier builds did, here and elsewhere, and how this one's results are remembered. */
final class StepRecords {
  private final BuildCache cache;
  private final LayerStore layers;
  private final Clock clock;

  StepRecords(BuildCache cache, LayerStore layers, Clock clock) {
    this.cache = cache;
    this.layers = layers;
    this.clock = clock;
  }

  /**
   * A result of an earlier build.
   *
   * @param kept whether this machine remembers it, too
   */
  record Known(StepRecord record, CacheScope scope, Layer layer, boolean kept) {
    StepOutcome outcome() {
      return StepOutcome.known(layer, record.canonicalKey(), record.created(), scope);
    }
  }

  /** Whether other machines' results may be used. */
  boolean isShared() {
    return cache.isShared();
  }

  /**
   * The result of a step with this key. Another machine's is asked for only where this one has
   * none, and its files are not fetched.
   *
   * @param origin of what the step makes
   * @param here the layer of a record that was made here; empty if it is not whole any more
   * @param again a layer of this name that does the step only if its files are wanted
   */
  Optional<Known> find(
      CacheKey key,
      CacheUse use,
      Origin origin,
      Function<StepRecord, Optional<Layer>> here,
      Function<LayerId, Layer> again) {
    if (use.ignore()) {
      return Optional.empty();
    }
    Optional<Known> known =
        cache.lookup(key, use.scope()).flatMap(found -> known(found, origin, here));
    if (known.isEmpty() && cache.isShared()) {
      known = cache.lookupShared(key).map(step -> adopt(key, step, origin, again));
    }
    known.ifPresent(found -> cache.use(key, found.record()));
    return known;
  }

  /**
   * As {@link #find}, of a step that makes the same each time.
   *
   * @param changes what it makes; asked for only if its files are wanted
   */
  Optional<Known> findComputed(
      CacheKey key, CacheUse use, Origin origin, Supplier<ChangeSet> changes) {
    Function<LayerId, Layer> made = id -> layers.ofChanges(id, changes);
    return find(key, use, origin, record -> Optional.of(made.apply(record.layer())), made);
  }

  private Optional<Known> known(
      BuildCache.Found found, Origin origin, Function<StepRecord, Optional<Layer>> here) {
    StepRecord record = found.record();
    Image.Layer blob = record.blob();
    Optional<Layer> layer =
        blob == null ? here.apply(record) : layers.findShared(blob, cache::open, origin);
    return layer.map(whole -> new Known(record, found.scope(), whole, true));
  }

  private Known adopt(
      CacheKey key, SharedStep step, Origin origin, Function<LayerId, Layer> again) {
    Image.Layer blob = step.layer();
    boolean kept = blob != null;
    Layer layer =
        blob == null ? again.apply(newLayer()) : layers.ofShared(blob, cache::open, origin);
    StepRecord record = new StepRecord(step.canonicalKey(), layer.id(), step.created(), blob);
    if (kept) {
      cache.record(key, record, CacheScope.SHARED);
    }
    return new Known(record, CacheScope.SHARED, layer, kept);
  }

  /** Remembers a step that was done now. */
  StepRecord remember(CacheKey key, LayerId layer, CacheScope scope) {
    StepRecord record = new StepRecord(key, layer, clock.instant());
    alias(key, record, scope);
    return record;
  }

  /**
   * Remembers a step that makes the same each time and was done now.
   *
   * @param read what it reads
   */
  StepOutcome rememberComputed(CacheKey key, StepKey read, CacheUse use, ChangeSet changes) {
    LayerId id = use.ignore() ? newLayer() : cache.layerOf(key, use.scope());
    StepRecord record = remember(key, id, use.scope());
    return new StepOutcome(
        layers.ofChanges(id, () -> changes), key, record.created(), use.scope(), read);
  }

  /** Makes {@code key} another name of what {@code record} tells. */
  void alias(CacheKey key, StepRecord record, CacheScope scope) {
    cache.record(key, record, scope);
    cache.use(key, record);
  }

  /** Makes {@code key} another name of a result. */
  void alias(CacheKey key, StepOutcome outcome) {
    alias(
        key,
        new StepRecord(outcome.key(), outcome.layer().id(), outcome.created()),
        outcome.scope());
  }

  /** Makes {@code key} another name of a known result. */
  void alias(CacheKey key, Known known) {
    if (known.kept()) {
      cache.record(key, known.record(), known.scope());
    }
    cache.use(key, known.record());
  }

  /** What the same command last came to on the same files, whatever else it read. */
  Optional<BuildCache.Found> latest(CacheKey place, CacheScope scope) {
    return cache.latest(place, scope);
  }

  void rememberLatest(CacheKey place, StepRecord record, CacheScope scope) {
    cache.recordLatest(place, record, scope);
  }

  /**
   * A name that no layer has yet: a command's result may differ each time. Nobody gains by guessing
   * it, and a SecureRandom takes 20 ms to set up.
   */
  static LayerId newLayer() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      hex.append(HexFormat.of().toHexDigits(random.nextLong()));
    }
    return new LayerId(hex.toString());
  }
}
