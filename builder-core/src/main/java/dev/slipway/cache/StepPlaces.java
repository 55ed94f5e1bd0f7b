package dev.slipway.cache;

import dev.slipway.store.FactStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which step stood where in the last build, so that a miss can be explained. Nothing is found by
 * it: a damaged record explains nothing. Thread-safe.
 */
public final class StepPlaces {
  private static final String KIND = "place";

  private final FactStore facts;

  StepPlaces(FactStore facts) {
    this.facts = facts;
  }

  /**
   * What differs from the step that was at the same place in an earlier build; empty if there was
   * none or nothing differs, because its result was pruned.
   *
   * @param place tells the step apart from others between builds: Dockerfile, target, stage,
   *     position
   */
  public List<KeyDifference> explain(String place, StepKey now) {
    return facts
        .find(KIND, key(place))
        .flatMap(StepPlaces::decode)
        .map(before -> StepKey.explain(before, now.fields()))
        .orElse(List.of());
  }

  /** Remembers the step at a place for {@link #explain}. */
  public void record(String place, StepKey step) {
    facts.put(KIND, key(place), encode(step.fields()));
  }

  private static String key(String place) {
    return StepKey.builder("place").field("place", place).build().key().hex();
  }

  private static byte[] encode(List<KeyField> fields) {
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

  private static Optional<List<KeyField>> decode(byte[] bytes) {
    List<KeyField> fields = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      while (in.available() > 0) {
        fields.add(new KeyField(read(in), read(in)));
      }
      return Optional.of(fields);
    } catch (IOException e) {
      return Optional.empty();
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
