package dev.slipway.execute;

import dev.slipway.cache.BuildCache;
import dev.slipway.cache.CacheKey;
import dev.slipway.cache.StepRecord;
import dev.slipway.store.LayerId;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What earlier builds did, and how this one's results are remembered. */
final class StepRecords {
  private final BuildCache cache;
  private final Clock clock;

  StepRecords(BuildCache cache, Clock clock) {
    this.cache = cache;
    this.clock = clock;
  }

  /** The record of a step with this key, unless {@code ignore}. */
  Optional<StepRecord> find(CacheKey key, boolean ignore) {
    return ignore ? Optional.empty() : cache.lookup(key);
  }

  /** Remembers a step that was done now. */
  StepRecord remember(CacheKey key, LayerId layer) {
    Instant now = clock.instant();
    byte[] created =
        ByteBuffer.allocate(12).putLong(now.getEpochSecond()).putInt(now.getNano()).array();
    StepRecord record = new StepRecord(key, layer, created);
    cache.record(key, record);
    return record;
  }

  /** Makes {@code key} another name of what {@code record} tells. */
  void alias(CacheKey key, StepRecord record) {
    cache.record(key, record);
  }

  /** What the same command last came to on the same files, whatever else it read. */
  Optional<StepRecord> latest(CacheKey place) {
    return cache.latest(place);
  }

  void rememberLatest(CacheKey place, StepRecord record) {
    cache.recordLatest(place, record);
  }

  static Instant created(StepRecord record) {
    ByteBuffer in = ByteBuffer.wrap(record.payload());
    return in.remaining() < 12 ? Instant.EPOCH : Instant.ofEpochSecond(in.getLong(), in.getInt());
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
