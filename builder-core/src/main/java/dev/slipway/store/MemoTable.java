package dev.slipway.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file of a {@link FileDigestMemo}: a header, a hash table that is searched where it lies in
 * the page cache, and behind it what was learnt since the table was written.
 */
final class MemoTable {
  private static final int MAGIC = 0x534d4d31;
  private static final int HEADER = 16;
  private static final int RECORD = FileMemo.SIZE;
  private static final int READ_AT_ONCE = RECORD << 10;
  private static final int MAX_ENTRIES = 1_000_000;
  private static final int MAX_PROBES = 1024;
  private static final int MAX_ON_HEAP = 4 << 20;

  /** Most that are read to the heap at each start. */
  private static final int MAX_TAIL = 1 << 14;

  private static final MemoTable EMPTY = new MemoTable(ByteBuffer.allocate(0), 0, Map.of());

  /** The whole file but its tail; positions are absolute, so that threads can share it. */
  private final ByteBuffer bytes;

  private final int slots;
  private final Map<Long, FileMemo> tail;

  private MemoTable(ByteBuffer bytes, int slots, Map<Long, FileMemo> tail) {
    this.bytes = bytes;
    this.slots = slots;
    this.tail = tail;
  }

  /** Reads the file; a missing or damaged one is an empty table. */
  static MemoTable open(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < HEADER || size > Integer.MAX_VALUE) {
        return EMPTY;
      }
      ByteBuffer bytes = load(channel, (int) size);
      int slots = bytes.getInt(4);
      if (bytes.getInt(0) != MAGIC || slots < 0 || HEADER + (long) slots * RECORD > size) {
        return EMPTY;
      }
      Map<Long, FileMemo> tail = new HashMap<>();
      for (int at = HEADER + slots * RECORD; at + RECORD <= size; at += RECORD) {
        FileMemo memo = FileMemo.read(bytes, at);
        if (memo != null) {
          tail.put(memo.hash(), memo);
        }
      }
      return new MemoTable(bytes, slots, tail);
    } catch (IOException e) {
      return EMPTY;
    }
  }

  /** On the heap, where access is quickest, unless it is large. */
  private static ByteBuffer load(FileChannel channel, int size) throws IOException {
    if (size > MAX_ON_HEAP) {
      // The file is never made shorter, only replaced, so that the mapping stays valid.
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // Until all is there.
    }
    return bytes;
  }

  @Nullable FileMemo find(long hash) {
    FileMemo late = tail.get(hash);
    if (late != null || slots == 0) {
      return late;
    }
    int slot = slot(hash, slots);
    for (int probe = 0; probe < MAX_PROBES; probe++) {
      int at = HEADER + slot * RECORD;
      long found = bytes.getLong(at);
      if (found == 0) {
        return null;
      }
      if (found == hash) {
        return FileMemo.read(bytes, at);
      }
      slot = slot + 1 == slots ? 0 : slot + 1;
    }
    return null;
  }

  /** Whether so many records may be appended without the tail becoming slow to load. */
  boolean hasRoomFor(int count) {
    // By records, not by files: one that changes often leaves many.
    int appended = slots == 0 ? 0 : (bytes.limit() - HEADER) / RECORD - slots;
    return slots > 0 && appended + count <= Math.max(256, Math.min(slots / 4, MAX_TAIL));
  }

  /** Appends records to a table, or to an empty file. The caller holds the file's lock. */
  static void append(Path path, Collection<FileMemo> memos) throws IOException {
    ByteBuffer records = ByteBuffer.allocate(memos.size() * RECORD);
    int at = 0;
    for (FileMemo memo : memos) {
      memo.write(records, at);
      at += RECORD;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      // On a whole record, should a killed process have left a part of one.
      long end = Math.max(0, channel.size() - HEADER);
      long position = HEADER + (end + RECORD - 1) / RECORD * RECORD;
      while (records.hasRemaining()) {
        position += channel.write(records, position);
      }
    }
  }

  /**
   * Writes a new file with everything in this one and in what was learnt, which wins.
   *
   * @param more a file of records by {@link #append} that were learnt before {@code learnt}
   * @param to empty, for reading and writing
   */
  void rewrite(Map<Long, FileMemo> learnt, @Nullable Path more, FileChannel to) throws IOException {
    long entries = tail.size() + learnt.size() + (more == null ? 0 : Files.size(more) / RECORD);
    for (int slot = 0; slot < slots; slot++) {
      entries += bytes.getLong(HEADER + slot * RECORD) == 0 ? 0 : 1;
    }
    int room = (int) Math.min(entries, MAX_ENTRIES);
    int newSlots = Math.max(64, room * 3 / 2);
    ByteBuffer table = room(to, HEADER + newSlots * RECORD);
    Rewriter rewriter = new Rewriter(table, newSlots, room);
    for (FileMemo memo : learnt.values()) {
      rewriter.add(memo);
    }
    if (more != null) {
      addRecords(more, rewriter);
    }
    for (FileMemo memo : tail.values()) {
      rewriter.add(memo);
    }
    for (int slot = 0; slot < slots; slot++) {
      FileMemo memo = FileMemo.read(bytes, HEADER + slot * RECORD);
      if (memo != null) {
        rewriter.add(memo);
      }
    }
    if (!table.isDirect()) {
      writeAll(table, to);
    }
  }

  private static void addRecords(Path file, Rewriter rewriter) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(HEADER);
      for (byte[] bytes = in.readNBytes(READ_AT_ONCE);
          bytes.length > 0;
          bytes = in.readNBytes(READ_AT_ONCE)) {
        ByteBuffer records = ByteBuffer.wrap(bytes);
        for (int at = 0; at + RECORD <= bytes.length; at += RECORD) {
          FileMemo memo = FileMemo.read(records, at);
          if (memo != null) {
            rewriter.add(memo);
          }
        }
      }
    }
  }

  /** Zeros that become the file: its own bytes, if they are too many for the heap. */
  private static ByteBuffer room(FileChannel file, int size) throws IOException {
    if (size <= MAX_ON_HEAP) {
      return ByteBuffer.allocate(size);
    }
    // Written and not only mapped: then a full disk is an exception here and not a fault later.
    ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
    for (int left = size; left > 0; left -= zeros.capacity()) {
      writeAll(zeros.clear().limit(Math.min(left, zeros.capacity())), file);
    }
    return file.map(FileChannel.MapMode.READ_WRITE, 0, size);
  }

  private static void writeAll(ByteBuffer bytes, FileChannel to) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private static int slot(long hash, int slots) {
    return (int) Long.remainderUnsigned(hash, slots);
  }

  /** A table being filled: the first record of a path stays, and when it is full it is full. */
  private static final class Rewriter {
    private final ByteBuffer table;
    private final int slots;
    private int room;

    Rewriter(ByteBuffer table, int slots, int room) {
      this.table = table;
      this.slots = slots;
      this.room = room;
      table.putInt(0, MAGIC).putInt(4, slots);
    }

    void add(FileMemo memo) {
      if (room == 0) {
        return;
      }
      int slot = slot(memo.hash(), slots);
      for (int probe = 0; probe < MAX_PROBES; probe++) {
        int at = HEADER + slot * RECORD;
        long found = table.getLong(at);
        if (found == memo.hash()) {
          return;
        }
        if (found == 0) {
          memo.write(table, at);
          room--;
          return;
        }
        slot = slot + 1 == slots ? 0 : slot + 1;
      }
    }
  }
}
