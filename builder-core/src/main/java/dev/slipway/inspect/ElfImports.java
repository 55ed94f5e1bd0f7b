package dev.slipway.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** The symbols that an ELF file takes from others. */
public final class ElfImports {
  private static final int MAX_SECTIONS = 1 << 12;
  private static final int MAX_TABLE = 8 << 20;
  private static final int MAX_STRINGS = 16 << 20;
  private static final int DYNAMIC_SYMBOLS = 11;

  private ElfImports() {}

  /**
   * @param names what is asked for
   * @return those of them that the file imports; none for a file without a table of sections
   */
  public static Set<String> among(Set<String> names, FileBytes file) throws IOException {
    byte[] start = file.read(0, 64);
    if (!ElfFile.isElf(start) || start.length < 64) {
      return Set.of();
    }
    boolean wide = start[4] == 2;
    ByteOrder order = start[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteBuffer header = ByteBuffer.wrap(start).order(order);
    long offset = wide ? header.getLong(40) : header.getInt(32) & 0xffffffffL;
    int size = header.getShort(wide ? 58 : 46) & 0xffff;
    int count = header.getShort(wide ? 60 : 48) & 0xffff;
    if (size != (wide ? 64 : 40) || count > MAX_SECTIONS) {
      return Set.of();
    }
    byte[] bytes = file.read(offset, size * count);
    ByteBuffer sections = ByteBuffer.wrap(bytes).order(order);
    int known = bytes.length / size;
    for (int i = 0; i < known; i++) {
      int linked = sections.getInt(i * size + (wide ? 40 : 24));
      if (sections.getInt(i * size + 4) == DYNAMIC_SYMBOLS && linked >= 0 && linked < known) {
        byte[] symbols = section(file, sections, i * size, wide, MAX_TABLE);
        byte[] strings = section(file, sections, linked * size, wide, MAX_STRINGS);
        return imported(names, ByteBuffer.wrap(symbols).order(order), wide, strings);
      }
    }
    return Set.of();
  }

  private static byte[] section(FileBytes file, ByteBuffer sections, int at, boolean wide, int most)
      throws IOException {
    long offset = wide ? sections.getLong(at + 24) : sections.getInt(at + 16) & 0xffffffffL;
    long size = wide ? sections.getLong(at + 32) : sections.getInt(at + 20) & 0xffffffffL;
    return file.read(offset, (int) Math.max(0, Math.min(size, most)));
  }

  /** A symbol that no section of the file holds comes from another file. */
  private static Set<String> imported(
      Set<String> names, ByteBuffer symbols, boolean wide, byte[] strings) {
    Set<String> imported = new HashSet<>();
    int entry = wide ? 24 : 16;
    for (int at = 0; at + entry <= symbols.limit(); at += entry) {
      if (symbols.getShort(at + (wide ? 6 : 14)) == 0) {
        String name = text(strings, symbols.getInt(at));
        if (names.contains(name)) {
          imported.add(name);
        }
      }
    }
    return imported;
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
