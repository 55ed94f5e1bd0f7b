package dev.slipway.cache;

import dev.slipway.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A key with the named fields it was made of. Two keys are equal exactly if they have the same kind
 * and the same fields in the same order: names and values enter the hash with their lengths, so
 * that no two lists of fields run together. Values must not be secrets, because short ones are
 * kept.
 */
public record StepKey(CacheKey key, List<KeyField> fields) {
  // Changing what a key means without changing this would make old results look like new ones.
  private static final String FORMAT = "slipway-step-1";
  private static final int SHORT = 200;

  public StepKey {
    fields = List.copyOf(fields);
  }

  /**
   * Starts a key.
   *
   * @param kind what the key stands for, such as {@code run} or {@code content}
   */
  public static Builder builder(String kind) {
    return new Builder(kind);
  }

  /** What differs between the fields of an earlier step and a step now, in the order of fields. */
  public static List<KeyDifference> explain(List<KeyField> before, List<KeyField> now) {
    Map<String, String> earlier = byName(before);
    List<KeyDifference> differences = new ArrayList<>();
    for (Map.Entry<String, String> field : byName(now).entrySet()) {
      String old = earlier.remove(field.getKey());
      if (!field.getValue().equals(old)) {
        differences.add(new KeyDifference(field.getKey(), old, field.getValue()));
      }
    }
    for (Map.Entry<String, String> gone : earlier.entrySet()) {
      differences.add(new KeyDifference(gone.getKey(), gone.getValue(), null));
    }
    return differences;
  }

  /** A name that comes several times gets a number, so that each occurrence is compared. */
  private static Map<String, String> byName(List<KeyField> fields) {
    Map<String, String> values = new LinkedHashMap<>();
    for (KeyField field : fields) {
      String name = field.name();
      for (int i = 2; values.containsKey(name); i++) {
        name = field.name() + " (" + i + ")";
      }
      values.put(name, field.value());
    }
    return values;
  }

  /** Collects the fields of a key. Not thread-safe. */
  public static final class Builder {
    /** All that is hashed; in one piece because many small updates are slow in a young JVM. */
    private final ByteArrayOutputStream hashed = new ByteArrayOutputStream(1024);

    private final List<KeyField> fields = new ArrayList<>();

    private Builder(String kind) {
      update(FORMAT.getBytes(StandardCharsets.UTF_8));
      field("kind", kind);
    }

    /** Adds a text. An empty text differs from an absent field. */
    public Builder field(String name, String value) {
      return add(name, value.getBytes(StandardCharsets.UTF_8), value.length() <= SHORT);
    }

    /** Adds bytes; only their hash is kept for explanations. */
    public Builder field(String name, byte[] value) {
      return add(name, value, false);
    }

    public Builder field(String name, CacheKey value) {
      return field(name, value.hex());
    }

    public Builder field(String name, long value) {
      return field(name, Long.toString(value));
    }

    public Builder field(String name, boolean value) {
      return field(name, value ? "true" : "false");
    }

    /** Adds a list, whose order matters; each element is a field {@code name[i]} of its own. */
    public Builder list(String name, List<String> values) {
      field(name + " count", values.size());
      for (int i = 0; i < values.size(); i++) {
        field(name + "[" + i + "]", values.get(i));
      }
      return this;
    }

    /** Adds a map in its own order; each value is a field {@code name key} of its own. */
    public Builder map(String name, Map<String, String> values) {
      field(name + " count", values.size());
      for (Map.Entry<String, String> entry : values.entrySet()) {
        field(name + " " + entry.getKey(), entry.getValue());
      }
      return this;
    }

    /** The key of the fields so far. */
    public StepKey build() {
      return new StepKey(
          new CacheKey(HexFormat.of().formatHex(Digest.newSha256().digest(hashed.toByteArray()))),
          fields);
    }

    private Builder add(String name, byte[] value, boolean keepText) {
      update(name.getBytes(StandardCharsets.UTF_8));
      update(value);
      fields.add(
          new KeyField(
              name,
              keepText
                  ? new String(value, StandardCharsets.UTF_8)
                  : "sha256:" + HexFormat.of().formatHex(Digest.newSha256().digest(value))));
      return this;
    }

    private void update(byte[] bytes) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        hashed.write(bytes.length >> shift);
      }
      hashed.writeBytes(bytes);
    }
  }
}
