package dev.slipway.inspect.start;

import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.tree.RegularFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The classes of a Java runtime, {@code lib/modules}: a table by a hash of the name, as jlink makes
 * it.
 */
final class JavaModules {
  private static final int MAGIC = 0xCAFEDADA;
  private static final int HEADER = 28;
  private static final int SEED = 0x01000193;
  private static final int MAX_NAME = 1 << 10;
  private static final String MODULE_INFO = "module-info";
  private static final String CLASS = ".class";
  private static final int MODULE = 1;
  private static final int BASE = 3;

  private final Found file;
  private final Map<String, Boolean> packages = new HashMap<>();

  JavaModules(Found file) {
    this.file = file;
  }

  RegularFile file() {
    return file.file();
  }

  /** Whether a module of it has the package, as {@code java.sql}; true where nobody can tell. */
  boolean mayHave(String packageName) {
    return packages.computeIfAbsent(packageName, this::look);
  }

  /** Whether it has the module, as {@code java.sql}; true where nobody can tell. */
  boolean mayHaveModule(String name) {
    try (ContentBytes bytes = new ContentBytes(file.file().content())) {
      return has(bytes, name, MODULE_INFO, CLASS) || !has(bytes, "java.base", MODULE_INFO, CLASS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean look(String packageName) {
    try (ContentBytes bytes = new ContentBytes(file.file().content())) {
      return has(bytes, "packages", packageName, "") || !has(bytes, "packages", "java.lang", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean has(ContentBytes bytes, String module, String base, String ending)
      throws IOException {
    ByteBuffer header = ints(bytes, 0, HEADER);
    if (header.capacity() < HEADER || header.getInt(0) != MAGIC) {
      return false;
    }
    int length = header.getInt(16);
    long redirects = HEADER;
    long offsets = redirects + 4L * length;
    long locations = offsets + 4L * length;
    long strings = locations + Integer.toUnsignedLong(header.getInt(20));
    byte[] name = ("/" + module + "/" + base + ending).getBytes(StandardCharsets.UTF_8);
    if (length <= 0) {
      return false;
    }
    int redirect = number(bytes, redirects + 4L * (hash(name, SEED) % length));
    if (redirect == 0) {
      return false;
    }
    int index = redirect > 0 ? hash(name, redirect) % length : -1 - redirect;
    long at = locations + Integer.toUnsignedLong(number(bytes, offsets + 4L * index));
    long[] attributes = attributes(bytes.read(at, 64));
    return text(bytes, strings + attributes[MODULE]).equals(module)
        && text(bytes, strings + attributes[BASE]).equals(base);
  }

  private static int hash(byte[] name, int seed) {
    int hash = seed;
    for (byte each : name) {
      hash = hash * SEED ^ each & 0xff;
    }
    return hash & 0x7fffffff;
  }

  /** Each begins with a byte that has its kind and its length. */
  private static long[] attributes(byte[] location) {
    long[] attributes = new long[32];
    int at = 0;
    while (at < location.length && location[at] >>> 3 != 0) {
      int kind = (location[at] & 0xff) >>> 3;
      int length = (location[at] & 7) + 1;
      long value = 0;
      for (int i = 1; i <= length && at + i < location.length; i++) {
        value = value << 8 | location[at + i] & 0xff;
      }
      attributes[kind] = value;
      at += length + 1;
    }
    return attributes;
  }

  private static String text(ContentBytes bytes, long at) throws IOException {
    byte[] text = bytes.read(at, MAX_NAME);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }

  private static int number(ContentBytes bytes, long at) throws IOException {
    ByteBuffer number = ints(bytes, at, 4);
    return number.capacity() < 4 ? 0 : number.getInt(0);
  }

  private static ByteBuffer ints(ContentBytes bytes, long at, int length) throws IOException {
    return ByteBuffer.wrap(bytes.read(at, length)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
