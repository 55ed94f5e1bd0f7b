package dev.slipway.cache;

import dev.slipway.oci.Digest;
import dev.slipway.store.BlobStore;
import dev.slipway.store.FactStore;
import dev.slipway.store.LayerId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Results of steps, on this machine and those that share a backend with it. A step is looked up by
 * its <em>definition</em> key, which needs no hashing of results. What a step that ran again is to
 * be compared with is looked up by its <em>place</em>, so that an equal result keeps the earlier
 * layer and everything below it stays a hit. A damaged record is a miss. Thread-safe, also between
 * processes.
 */
public final class BuildCache {
  private static final String STEPS = "step";
  private static final String LATEST = "latest";
  private static final String PLACES = "place";
  private static final byte VERSION = 1;

  private final FactStore facts;
  private final List<CacheBackend> backends;

  /** A cache on this machine only. */
  public BuildCache(FactStore facts) {
    this(facts, List.of());
  }

  /**
   * @param backends asked in this order for definitions that this machine does not know; what they
   *     know is kept here
   */
  public BuildCache(FactStore facts, List<CacheBackend> backends) {
    this.facts = facts;
    this.backends = List.copyOf(backends);
  }

  /** What the step of this definition came to; empty if it has not been run, or was pruned. */
  public Optional<StepRecord> lookup(CacheKey definitionKey) {
    Optional<StepRecord> local = facts.find(STEPS, definitionKey.hex()).flatMap(BuildCache::decode);
    for (int i = 0; local.isEmpty() && i < backends.size(); i++) {
      local = backends.get(i).find(definitionKey).flatMap(BuildCache::decode);
      local.ifPresent(record -> record(definitionKey, record));
    }
    return local;
  }

  /**
   * Publishes a step's result to other machines.
   *
   * @param blobs what its record refers to, all in {@code from}
   */
  public void publish(
      CacheBackend to,
      CacheKey definitionKey,
      StepRecord record,
      List<Digest> blobs,
      BlobStore from) {
    to.put(definitionKey, encode(record), blobs, from);
  }

  /** Remembers a step's result; the last one counts. */
  public void record(CacheKey definitionKey, StepRecord record) {
    facts.put(STEPS, definitionKey.hex(), encode(record));
  }

  /** The latest result of a step at this place, whatever it read. */
  public Optional<StepRecord> latest(CacheKey place) {
    return facts.find(LATEST, place.hex()).flatMap(BuildCache::decode);
  }

  /** Remembers a result for {@link #latest}. */
  public void recordLatest(CacheKey place, StepRecord record) {
    facts.put(LATEST, place.hex(), encode(record));
  }

  /**
   * What differs from the step that was at the same place in an earlier build; empty if there was
   * none or nothing differs, because its result was pruned.
   *
   * @param place tells the step apart from others between builds: Dockerfile, target, stage,
   *     position
   */
  public List<KeyDifference> explainMiss(String place, StepKey now) {
    Optional<byte[]> before = facts.find(PLACES, placeKey(place));
    return before.isEmpty() ? List.of() : StepKey.explain(decodeFields(before.get()), now.fields());
  }

  /** Remembers the step at a place for {@link #explainMiss}. */
  public void recordPlace(String place, StepKey key) {
    facts.put(PLACES, placeKey(place), encodeFields(key.fields()));
  }

  private static String placeKey(String place) {
    return StepKey.builder("place").field("place", place).build().key().hex();
  }

  private static byte[] encode(StepRecord record) {
    byte[] head = HexFormat.of().parseHex(record.canonicalKey().hex());
    byte[] layer = HexFormat.of().parseHex(record.layer().hex());
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 + 64 + record.payload().length);
    out.write(VERSION);
    out.writeBytes(head);
    out.writeBytes(layer);
    out.writeBytes(record.payload());
    return out.toByteArray();
  }

  private static Optional<StepRecord> decode(byte[] bytes) {
    if (bytes.length < 65 || bytes[0] != VERSION) {
      return Optional.empty();
    }
    byte[] payload = new byte[bytes.length - 65];
    System.arraycopy(bytes, 65, payload, 0, payload.length);
    return Optional.of(
        new StepRecord(
            new CacheKey(HexFormat.of().formatHex(bytes, 1, 33)),
            new LayerId(HexFormat.of().formatHex(bytes, 33, 65)),
            payload));
  }

  private static byte[] encodeFields(List<KeyField> fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (KeyField field : fields) {
        write(out, field.name());
        write(out, field.value());
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static List<KeyField> decodeFields(byte[] bytes) {
    List<KeyField> fields = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      while (in.available() > 0) {
        fields.add(new KeyField(read(in), read(in)));
      }
      return fields;
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a text of " + length + " bytes");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
