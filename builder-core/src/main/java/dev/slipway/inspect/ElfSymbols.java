package dev.slipway.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The symbols that an ELF file takes from others, and gives to them. */
public final class ElfSymbols {
  private static final int MAX_SECTIONS = 1 << 12;
  private static final int MAX_TABLE = 8 << 20;
  private static final int MAX_STRINGS = 16 << 20;
  private static final int DYNAMIC_SYMBOLS = 11;

  private static final int WEAK = 2;

  private final ByteBuffer symbols;
  private final boolean wide;
  private final byte[] strings;

  private ElfSymbols(ByteBuffer symbols, boolean wide, byte[] strings) {
    this.symbols = symbols;
    this.wide = wide;
    this.strings = strings;
  }

  /** Null for a file without a table of sections. */
  public static @Nullable ElfSymbols read(FileBytes file) throws IOException {
    byte[] start = file.read(0, 64);
    if (!ElfFile.isElf(start) || start.length < 64) {
      return null;
    }
    boolean wide = start[4] == 2;
    ByteOrder order = start[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteBuffer header = ByteBuffer.wrap(start).order(order);
    long offset = wide ? header.getLong(40) : header.getInt(32) & 0xffffffffL;
    int size = header.getShort(wide ? 58 : 46) & 0xffff;
    int count = header.getShort(wide ? 60 : 48) & 0xffff;
    if (size != (wide ? 64 : 40) || count > MAX_SECTIONS) {
      return null;
    }
    byte[] bytes = file.read(offset, size * count);
    ByteBuffer sections = ByteBuffer.wrap(bytes).order(order);
    int known = bytes.length / size;
    for (int i = 0; i < known; i++) {
      int linked = sections.getInt(i * size + (wide ? 40 : 24));
      if (sections.getInt(i * size + 4) == DYNAMIC_SYMBOLS && linked >= 0 && linked < known) {
        byte[] symbols = section(file, sections, i * size, wide, MAX_TABLE);
        byte[] strings = section(file, sections, linked * size, wide, MAX_STRINGS);
        return new ElfSymbols(ByteBuffer.wrap(symbols).order(order), wide, strings);
      }
    }
    return null;
  }

  private static byte[] section(FileBytes file, ByteBuffer sections, int at, boolean wide, int most)
      throws IOException {
    long offset = wide ? sections.getLong(at + 24) : sections.getInt(at + 16) & 0xffffffffL;
    long size = wide ? sections.getLong(at + 32) : sections.getInt(at + 20) & 0xffffffffL;
    return file.read(offset, (int) Math.max(0, Math.min(size, most)));
  }

  /** Those of {@code names} that come from another file: no section of this one holds them. */
  public Set<String> imported(Set<String> names) {
    Set<String> imported = new HashSet<>();
    forEach(
        (name, defined, weak) -> {
          if (!defined && names.contains(name)) {
            imported.add(name);
          }
        });
    return imported;
  }

  /** Those without which it cannot be loaded. */
  public Set<String> required() {
    Set<String> required = new HashSet<>();
    forEach(
        (name, defined, weak) -> {
          if (!defined && !weak && !name.isEmpty()) {
            required.add(name);
          }
        });
    return required;
  }

  /** Adds those that others can take from it. */
  public void addDefined(Set<String> to) {
    forEach(
        (name, defined, weak) -> {
          if (defined) {
            to.add(name);
          }
        });
  }

  private interface Visitor {
    void symbol(String name, boolean defined, boolean weak);
  }

  /** Local ones are none for others. */
  private void forEach(Visitor visitor) {
    int entry = wide ? 24 : 16;
    for (int at = 0; at + entry <= symbols.limit(); at += entry) {
      int binding = (symbols.get(at + (wide ? 4 : 12)) & 0xff) >> 4;
      if (binding != 0) {
        boolean defined = symbols.getShort(at + (wide ? 6 : 14)) != 0;
        visitor.symbol(text(strings, symbols.getInt(at)), defined, binding == WEAK);
      }
    }
  }

  private static String text(byte[] strings, int start) {
    if (start < 0 || start >= strings.length) {
      return "";
    }
    int end = start;
    while (end < strings.length && strings[end] != 0) {
      end++;
    }
    return new String(strings, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
