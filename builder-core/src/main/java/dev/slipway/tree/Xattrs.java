package dev.slipway.tree;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The extended attributes of an entry: names in ascending order, values as bytes. Immutable. */
public final class Xattrs {
  /** No attributes. */
  public static final Xattrs EMPTY = new Xattrs(new String[0], new byte[0][]);

  private final String[] names;
  private final byte[][] values;

  private Xattrs(String[] names, byte[][] values) {
    this.names = names;
    this.values = values;
  }

  public static Xattrs of(Map<String, byte[]> attributes) {
    if (attributes.isEmpty()) {
      return EMPTY;
    }
    String[] names = new String[attributes.size()];
    byte[][] values = new byte[names.length][];
    int size = 0;
    for (Map.Entry<String, byte[]> attribute : new TreeMap<>(attributes).entrySet()) {
      names[size] = attribute.getKey();
      values[size++] = attribute.getValue().clone();
    }
    return new Xattrs(names, values);
  }

  public boolean isEmpty() {
    return names.length == 0;
  }

  public int size() {
    return names.length;
  }

  /** How long names and values are together, in characters and bytes. */
  public long bytes() {
    long bytes = 0;
    for (int i = 0; i < names.length; i++) {
      bytes += names[i].length() + values[i].length;
    }
    return bytes;
  }

  public List<String> names() {
    return Collections.unmodifiableList(Arrays.asList(names));
  }

  /** The value, or null if there is no such attribute; a copy. */
  public byte @Nullable [] get(String name) {
    int index = Arrays.binarySearch(names, name);
    return index < 0 ? null : values[index].clone();
  }

  /** The attributes as a new map in the order of names. */
  public Map<String, byte[]> toMap() {
    Map<String, byte[]> map = new TreeMap<>();
    for (int i = 0; i < names.length; i++) {
      map.put(names[i], values[i].clone());
    }
    return map;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Xattrs xattrs
        && Arrays.equals(names, xattrs.names)
        && Arrays.deepEquals(values, xattrs.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(names) + Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    return names().toString();
  }
}
