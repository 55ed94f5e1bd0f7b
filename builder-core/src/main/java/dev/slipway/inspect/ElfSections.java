package dev.slipway.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What of an ELF file only a debugger reads. */
public final class ElfSections {
  private static final int MAX_SECTIONS = 1 << 16;
  private static final int MAX_ENTRY = 256;
  private static final int MAX_NAMES = 1 << 20;
  private static final int SYMBOL_TABLE = 2;
  private static final int NO_BITS = 8;
  private static final int ALLOCATED = 2;

  private ElfSections() {}

  /**
   * The bytes that {@code strip} would take away: symbol tables with their strings, and debug
   * information. What a running program uses is never among them.
   *
   * @return 0 for what has no section table
   */
  public static long strippable(FileBytes file) throws IOException {
    byte[] start = file.read(0, 64);
    if (!ElfFile.isElf(start) || start.length < 64) {
      return 0;
    }
    boolean wide = start[4] == 2;
    ByteBuffer header = order(start);
    long offset = wide ? header.getLong(40) : header.getInt(32) & 0xffffffffL;
    int size = header.getShort(wide ? 58 : 46) & 0xffff;
    int count = header.getShort(wide ? 60 : 48) & 0xffff;
    int names = header.getShort(wide ? 62 : 50) & 0xffff;
    if (count > MAX_SECTIONS || size < (wide ? 64 : 40) || size > MAX_ENTRY) {
      return 0;
    }
    byte[] bytes = file.read(offset, size * count);
    ByteBuffer table = order(bytes, header.order());
    int known = bytes.length / size;
    byte[] text = names < known ? section(file, table, names * size, wide) : new byte[0];
    long strippable = 0;
    for (int i = 0; i < known; i++) {
      int at = i * size;
      int type = table.getInt(at + 4);
      if (type == SYMBOL_TABLE) {
        strippable += sizeOf(table, at, wide);
        int linked = table.getInt(at + (wide ? 40 : 24));
        if (linked > 0 && linked < known && linked != names) {
          strippable += sizeOf(table, linked * size, wide);
        }
      } else if (type != NO_BITS && isDebug(table, at, wide, text)) {
        strippable += sizeOf(table, at, wide);
      }
    }
    return strippable < 0 || strippable > file.size() ? 0 : strippable;
  }

  private static boolean isDebug(ByteBuffer table, int at, boolean wide, byte[] names) {
    long flags = wide ? table.getLong(at + 8) : table.getInt(at + 8);
    String name = name(names, table.getInt(at));
    return (flags & ALLOCATED) == 0
        && (name.startsWith(".debug_")
            || name.startsWith(".zdebug_")
            || name.equals(".gdb_index")
            || name.equals(".stab")
            || name.equals(".stabstr"));
  }

  private static byte[] section(FileBytes file, ByteBuffer table, int at, boolean wide)
      throws IOException {
    long offset = wide ? table.getLong(at + 24) : table.getInt(at + 16) & 0xffffffffL;
    return file.read(offset, (int) Math.min(sizeOf(table, at, wide), MAX_NAMES));
  }

  private static long sizeOf(ByteBuffer table, int at, boolean wide) {
    long size = wide ? table.getLong(at + 32) : table.getInt(at + 20) & 0xffffffffL;
    return Math.max(0, size);
  }

  private static String name(byte[] names, int start) {
    if (start < 0 || start >= names.length) {
      return "";
    }
    int end = start;
    while (end < names.length && names[end] != 0) {
      end++;
    }
    return new String(names, start, end - start, StandardCharsets.ISO_8859_1);
  }

  private static ByteBuffer order(byte[] header) {
    return order(header, header[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer order(byte[] bytes, ByteOrder order) {
    return ByteBuffer.wrap(bytes).order(order);
  }
}
