package dev.slipway.inspect.start;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code /etc/ld.so.cache}, in which {@code ldconfig} notes where libraries are: glibc's
 * {@code struct cache_file_new}, alone or behind the older form.
 */
final class LdSoCache {
  /** No more of the file is looked at. */
  static final int MAX_SIZE = 16 << 20;

  private static final String MAGIC = "glibc-ld.so.cache1.1";

  /** What stands before the new form is at most the old one. */
  private static final int MAX_BEFORE = 1 << 20;

  private static final int HEADER = 48;
  private static final int COUNT_AT = 20;
  private static final int ENTRY = 24;
  private static final int NAME_AT = 4;
  private static final int PATH_AT = 8;

  private LdSoCache() {}

  /**
   * @param bytes those of the file
   * @return the paths of each library by its name, the best first; nothing of a file in another
   *     form
   */
  static Map<String, List<String>> read(byte[] bytes) {
    int base =
        new String(bytes, 0, Math.min(bytes.length, MAX_BEFORE), StandardCharsets.ISO_8859_1)
            .indexOf(MAGIC);
    if (base < 0 || bytes.length < base + HEADER) {
      return Map.of();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int count = buffer.getInt(base + COUNT_AT);
    if (count < 0 || count > (bytes.length - base - HEADER) / ENTRY) {
      return Map.of();
    }
    Map<String, List<String>> paths = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int entry = base + HEADER + i * ENTRY;
      String name = string(bytes, base + buffer.getInt(entry + NAME_AT));
      String path = string(bytes, base + buffer.getInt(entry + PATH_AT));
      paths.computeIfAbsent(name, any -> new ArrayList<>(1)).add(path);
    }
    return paths;
  }

  private static String string(byte[] bytes, int start) {
    if (start < 0 || start >= bytes.length) {
      return "";
    }
    int end = start;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
