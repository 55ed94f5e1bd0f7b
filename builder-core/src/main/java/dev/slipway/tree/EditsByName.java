package dev.slipway.tree;

import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the children of a directory, by their names, in the order of their unsigned bytes.
 * Edits mostly come in that order: then they are two arrays, and a map only once one does not.
 */
final class EditsByName {
  private byte[][] names = new byte[4][];
  private Object[] edits = new Object[4];
  private int size;
  private @Nullable TreeMap<byte[], Object> map;

  boolean isEmpty() {
    return map == null ? size == 0 : map.isEmpty();
  }

  int size() {
    return map == null ? size : map.size();
  }

  @Nullable Object get(byte[] name) {
    if (map != null) {
      return map.get(name);
    }
    int index = indexOf(name);
    return index < 0 ? null : edits[index];
  }

  private int indexOf(byte[] name) {
    int order = size == 0 ? -1 : Arrays.compareUnsigned(names[size - 1], name);
    if (order <= 0) {
      return order < 0 ? -1 - size : size - 1;
    }
    return Arrays.binarySearch(names, 0, size, name, Arrays::compareUnsigned);
  }

  void put(byte[] name, Object edit) {
    if (map != null) {
      map.put(name, edit);
      return;
    }
    int index = indexOf(name);
    if (index >= 0) {
      edits[index] = edit;
    } else if (index == -1 - size) {
      append(name, edit);
    } else {
      asMap().put(name, edit);
    }
  }

  private void append(byte[] name, Object edit) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size + 4);
      edits = Arrays.copyOf(edits, 2 * size + 4);
    }
    names[size] = name;
    edits[size++] = edit;
  }

  void remove(byte[] name) {
    if (map != null || indexOf(name) >= 0) {
      asMap().remove(name);
    }
  }

  private TreeMap<byte[], Object> asMap() {
    TreeMap<byte[], Object> sorted = map;
    if (sorted == null) {
      sorted = new TreeMap<>(Arrays::compareUnsigned);
      for (int i = 0; i < size; i++) {
        sorted.put(names[i], edits[i]);
      }
      map = sorted;
    }
    return sorted;
  }

  /** The name that comes at {@code index}, in order. */
  byte[] nameAt(int index) {
    settle();
    return names[index];
  }

  Object editAt(int index) {
    settle();
    return edits[index];
  }

  private void settle() {
    if (map != null) {
      names = map.keySet().toArray(new byte[0][]);
      edits = map.values().toArray();
      size = edits.length;
      map = null;
    }
  }
}
