package dev.slipway.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file of a {@link FileDigestMemo}: a header, a hash table that is searched where it lies in
 * the page cache, and behind it what was learnt since the table was written. Records have a fixed
 * size and a checksum of their own, so that a killed or damaged write costs only the records it
 * touched.
 */
final class MemoTable {
  private static final int MAGIC = 0x534d4d31;
  private static final int HEADER = 16;
  private static final int RECORD = 80;
  private static final int MAX_ENTRIES = 1_000_000;
  private static final int MAX_PROBES = 1024;
  private static final int MAX_ON_HEAP = 4 << 20;
  private static final MemoTable EMPTY = new MemoTable(ByteBuffer.allocate(0), 0, Map.of());

  /** The whole file but its tail; positions are absolute, so that threads can share it. */
  private final ByteBuffer bytes;

  private final int slots;
  private final Map<Long, Memo> tail;

  private MemoTable(ByteBuffer bytes, int slots, Map<Long, Memo> tail) {
    this.bytes = bytes;
    this.slots = slots;
    this.tail = tail;
  }

  /**
   * What is known of one file.
   *
   * @param hash stands for its path and is never 0
   * @param digest the SHA-256 as four numbers, cheaper to read and compare than bytes
   */
  record Memo(long hash, long inode, long size, long mtimeNanos, long ctimeNanos, long[] digest) {

    static Memo of(FileIdentity file, byte[] sha256) {
      ByteBuffer bytes = ByteBuffer.wrap(sha256);
      long[] digest = {bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong()};
      return new Memo(
          MemoTable.hash(file.path()),
          file.inode(),
          file.size(),
          file.mtimeNanos(),
          file.ctimeNanos(),
          digest);
    }

    boolean isOf(FileIdentity file) {
      return inode == file.inode()
          && size == file.size()
          && mtimeNanos == file.mtimeNanos()
          && ctimeNanos == file.ctimeNanos();
    }

    String hex() {
      return Hex.of(digest);
    }

    private long checksum() {
      long sum = mix(mix(mix(mix(mix(MAGIC ^ hash) ^ inode) ^ size) ^ mtimeNanos) ^ ctimeNanos);
      return mix(mix(mix(mix(sum ^ digest[0]) ^ digest[1]) ^ digest[2]) ^ digest[3]);
    }

    private void write(ByteBuffer to, int at) {
      to.putLong(at, hash).putLong(at + 8, inode).putLong(at + 16, size);
      to.putLong(at + 24, mtimeNanos).putLong(at + 32, ctimeNanos);
      for (int i = 0; i < 4; i++) {
        to.putLong(at + 40 + 8 * i, digest[i]);
      }
      to.putLong(at + 72, checksum());
    }

    /** Null if there is no record at this place, or a damaged one. */
    private static @Nullable Memo read(ByteBuffer from, int at) {
      long[] digest = new long[4];
      for (int i = 0; i < 4; i++) {
        digest[i] = from.getLong(at + 40 + 8 * i);
      }
      Memo memo =
          new Memo(
              from.getLong(at),
              from.getLong(at + 8),
              from.getLong(at + 16),
              from.getLong(at + 24),
              from.getLong(at + 32),
              digest);
      return memo.hash != 0 && memo.checksum() == from.getLong(at + 72) ? memo : null;
    }
  }

  /** A hash of a path; other paths with the same one share a place, and the last one gets it. */
  static long hash(String path) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < path.length(); i++) {
      hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
    }
    hash = mix(hash);
    return hash == 0 ? 1 : hash;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 32)) * 0xd6e8feb86659fd93L;
    mixed = (mixed ^ (mixed >>> 29)) * 0x9e3779b97f4a7c15L;
    return mixed ^ (mixed >>> 32);
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
      Map<Long, Memo> tail = new HashMap<>();
      for (int at = HEADER + slots * RECORD; at + RECORD <= size; at += RECORD) {
        Memo memo = Memo.read(bytes, at);
        if (memo != null) {
          tail.put(memo.hash, memo);
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

  @Nullable Memo find(long hash) {
    Memo late = tail.get(hash);
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
        return Memo.read(bytes, at);
      }
      slot = slot + 1 == slots ? 0 : slot + 1;
    }
    return null;
  }

  /** Whether so many records may be appended without the tail becoming slow to load. */
  boolean hasRoomFor(int count) {
    // By records, not by files: one that changes often leaves many.
    int appended = slots == 0 ? 0 : (bytes.limit() - HEADER) / RECORD - slots;
    return slots > 0 && appended + count <= Math.max(256, slots / 4);
  }

  /** Appends records to the file this was read from. The caller holds the file's lock. */
  void append(Path path, Collection<Memo> memos) throws IOException {
    ByteBuffer records = ByteBuffer.allocate(memos.size() * RECORD);
    int at = 0;
    for (Memo memo : memos) {
      memo.write(records, at);
      at += RECORD;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      // On a whole record, should a killed process have left a part of one.
      long end = channel.size() - HEADER;
      long position = HEADER + (end + RECORD - 1) / RECORD * RECORD;
      while (records.hasRemaining()) {
        position += channel.write(records, position);
      }
    }
  }

  /** The bytes of a new file with everything in this one and in {@code learnt}, which wins. */
  ByteBuffer rewritten(Map<Long, Memo> learnt) {
    int entries = tail.size() + learnt.size();
    for (int slot = 0; slot < slots; slot++) {
      entries += bytes.getLong(HEADER + slot * RECORD) == 0 ? 0 : 1;
    }
    entries = Math.min(entries, MAX_ENTRIES);
    int newSlots = Math.max(64, entries * 3 / 2);
    Rewriter rewriter = new Rewriter(newSlots, entries);
    for (Memo memo : learnt.values()) {
      rewriter.add(memo);
    }
    for (Memo memo : tail.values()) {
      rewriter.add(memo);
    }
    for (int slot = 0; slot < slots; slot++) {
      Memo memo = Memo.read(bytes, HEADER + slot * RECORD);
      if (memo != null) {
        rewriter.add(memo);
      }
    }
    return rewriter.table;
  }

  private static int slot(long hash, int slots) {
    return (int) Long.remainderUnsigned(hash, slots);
  }

  /** A table being filled: the first record of a path stays, and when it is full it is full. */
  private static final class Rewriter {
    private final ByteBuffer table;
    private final int slots;
    private int room;

    Rewriter(int slots, int room) {
      this.table = ByteBuffer.allocate(HEADER + slots * RECORD);
      this.slots = slots;
      this.room = room;
      table.putInt(0, MAGIC).putInt(4, slots);
    }

    void add(Memo memo) {
      if (room == 0) {
        return;
      }
      int slot = slot(memo.hash, slots);
      for (int probe = 0; probe < MAX_PROBES; probe++) {
        int at = HEADER + slot * RECORD;
        long found = table.getLong(at);
        if (found == memo.hash) {
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
