package dev.slipway.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one ELF file. Every number in it may be a lie; each is bounded before it is used. */
final class ElfReader {
  private static final int MAX_SEGMENTS = 4096;
  private static final int MAX_ENTRY = 256;
  private static final int MAX_DYNAMIC = 1 << 16;
  private static final int MAX_STRINGS = 16 << 20;
  private static final int MAX_VERSIONS = 4096;
  private static final int MAX_PATH = 4096;

  private static final long PAGE = 4096;

  private static final int SEGMENT_LOAD = 1;
  private static final int SEGMENT_DYNAMIC = 2;
  private static final int SEGMENT_INTERPRETER = 3;

  private static final int EXECUTABLE = 1;
  private static final int READABLE = 4;

  private static final int NEEDED = 1;
  private static final int STRING_TABLE = 5;
  private static final int STRING_SIZE = 10;
  private static final int SONAME = 14;
  private static final int RPATH = 15;
  private static final int RUNPATH = 29;
  private static final int VERSIONS_DEFINED = 0x6ffffffc;
  private static final int VERSIONS_NEEDED = 0x6ffffffe;
  private static final int FLAGS_1 = 0x6ffffffb;
  private static final int BIND_NOW = 24;
  private static final int FLAGS = 30;
  private static final int NOW = 8;
  private static final int NOW_1 = 1;
  private static final long NO_DEFAULT_DIRECTORIES = 0x800;
  private static final int WEAK_VERSION = 2;

  private final FileBytes file;
  private final List<Segment> loaded = new ArrayList<>();
  private ElfTarget target = new ElfTarget(0, true, false);
  private byte[] strings = new byte[0];

  ElfReader(FileBytes file) {
    this.file = file;
  }

  /** The file is not what its first bytes say. */
  static final class MalformedElfException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedElfException(String message) {
      super(message);
    }
  }

  private record Segment(int type, int flags, long offset, long address, long size) {}

  @Nullable ElfFile read() throws IOException {
    byte[] start = file.read(0, 64);
    if (!ElfFile.isElf(start) || start.length < 52) {
      return null;
    }
    boolean wide = start[4] == 2;
    boolean bigEndian = start[5] == 2;
    target = new ElfTarget(0, wide, bigEndian);
    ByteBuffer header = buffer(start, wide ? 64 : 52);
    target = new ElfTarget(header.getShort(18) & 0xffff, wide, bigEndian);
    String interpreter = null;
    ElfDynamic dynamic = ElfDynamic.NONE;
    List<Segment> segments = segments(header);
    for (Segment segment : segments) {
      if (segment.type == SEGMENT_LOAD) {
        // Whoever touches a page behind the end of the file is killed.
        long end = segment.size == 0 ? 0 : segment.offset + segment.size;
        if (end < 0 || end > (file.size() + PAGE - 1) / PAGE * PAGE) {
          throw new MalformedElfException("it is cut off");
        }
        loaded.add(segment);
      }
    }
    for (Segment segment : segments) {
      if (segment.type == SEGMENT_INTERPRETER) {
        interpreter = text(file.read(segment.offset, (int) Math.min(segment.size, MAX_PATH)), 0);
      } else if (segment.type == SEGMENT_DYNAMIC) {
        dynamic = dynamic(segment);
      }
    }
    return new ElfFile(
        target, type(header), word(header, 24, 24), interpreter, dynamic, constants());
  }

  /** Linkers of old put them into one segment with the code. */
  private List<ElfFile.Range> constants() {
    List<ElfFile.Range> alone = new ArrayList<>();
    List<ElfFile.Range> withCode = new ArrayList<>();
    for (Segment segment : loaded) {
      ElfFile.Range range = new ElfFile.Range(segment.offset, segment.size);
      if (segment.flags == READABLE) {
        alone.add(range);
      } else if (segment.flags == (READABLE | EXECUTABLE)) {
        withCode.add(range);
      }
    }
    return alone.isEmpty() ? withCode : alone;
  }

  private static ElfFile.Type type(ByteBuffer header) {
    return switch (header.getShort(16)) {
      case 2 -> ElfFile.Type.EXECUTABLE;
      case 3 -> ElfFile.Type.SHARED;
      default -> ElfFile.Type.OTHER;
    };
  }

  private List<Segment> segments(ByteBuffer header) throws IOException {
    long offset = word(header, 32, 28);
    int size = header.getShort(target.wide() ? 54 : 42) & 0xffff;
    int count = header.getShort(target.wide() ? 56 : 44) & 0xffff;
    int least = target.wide() ? 56 : 32;
    if (count > MAX_SEGMENTS || count > 0 && size < least || size > MAX_ENTRY) {
      throw new MalformedElfException("program headers");
    }
    ByteBuffer table = buffer(file.read(offset, size * count), size * count);
    List<Segment> segments = new ArrayList<>(count);
    for (int at = 0; at < size * count; at += size) {
      long length = word(table, at + 32, at + 16);
      if (length < 0) {
        throw new MalformedElfException("a segment's size");
      }
      segments.add(
          new Segment(
              table.getInt(at),
              table.getInt(at + (target.wide() ? 4 : 24)),
              word(table, at + 8, at + 4),
              word(table, at + 16, at + 8),
              length));
    }
    return segments;
  }

  private ElfDynamic dynamic(Segment segment) throws IOException {
    int width = target.wide() ? 16 : 8;
    int length = (int) Math.min(segment.size, MAX_DYNAMIC) / width * width;
    byte[] bytes = file.read(segment.offset, length);
    ByteBuffer table = buffer(bytes, bytes.length / width * width);
    Map<Integer, Long> single = new HashMap<>();
    List<Long> needed = new ArrayList<>();
    for (int at = 0; at + width <= table.limit(); at += width) {
      long tag = word(table, at, at);
      long value = word(table, at + 8, at + 4);
      if (tag == 0) {
        break;
      } else if (tag == NEEDED) {
        needed.add(value);
      } else {
        single.put((int) tag, value);
      }
    }
    long size = single.getOrDefault(STRING_SIZE, 0L);
    if (size < 0 || size > MAX_STRINGS) {
      throw new MalformedElfException("string table");
    }
    strings = file.read(offsetOf(single.getOrDefault(STRING_TABLE, 0L)), (int) size);
    List<String> names = new ArrayList<>();
    for (long name : needed) {
      names.add(string(name));
    }
    return new ElfDynamic(
        string(single.getOrDefault(SONAME, -1L)),
        names,
        directories(string(single.getOrDefault(RPATH, -1L))),
        directories(string(single.getOrDefault(RUNPATH, -1L))),
        requiredVersions(single.get(VERSIONS_NEEDED)),
        definedVersions(single.get(VERSIONS_DEFINED)),
        (single.getOrDefault(FLAGS_1, 0L) & NO_DEFAULT_DIRECTORIES) != 0,
        single.containsKey(BIND_NOW)
            || (single.getOrDefault(FLAGS, 0L) & NOW) != 0
            || (single.getOrDefault(FLAGS_1, 0L) & NOW_1) != 0);
  }

  /** The place in the file of what will be at an address. */
  private long offsetOf(long address) {
    for (Segment segment : loaded) {
      long into = address - segment.address;
      if (into >= 0 && into < segment.size) {
        return segment.offset + into;
      }
    }
    return -1;
  }

  private Map<String, Set<String>> requiredVersions(@Nullable Long address) throws IOException {
    Map<String, Set<String>> required = new HashMap<>();
    long at = address == null ? -1 : offsetOf(address);
    for (int file = 0; at >= 0 && file < MAX_VERSIONS; file++) {
      ByteBuffer need = record(at, 16);
      Set<String> versions = new LinkedHashSet<>();
      long next = at + (need.getInt(8) & 0xffffffffL);
      for (int i = need.getShort(2) & 0xffff; i > 0 && versions.size() < MAX_VERSIONS; i--) {
        ByteBuffer version = record(next, 16);
        if ((version.getShort(4) & WEAK_VERSION) == 0) {
          versions.add(string(version.getInt(8) & 0xffffffffL));
        }
        next += version.getInt(12) & 0xffffffffL;
      }
      required
          .computeIfAbsent(string(need.getInt(4) & 0xffffffffL), name -> new LinkedHashSet<>())
          .addAll(versions);
      at = need.getInt(12) == 0 ? -1 : at + (need.getInt(12) & 0xffffffffL);
    }
    return required;
  }

  private Set<String> definedVersions(@Nullable Long address) throws IOException {
    Set<String> defined = new HashSet<>();
    long at = address == null ? -1 : offsetOf(address);
    for (int i = 0; at >= 0 && i < MAX_VERSIONS; i++) {
      ByteBuffer definition = record(at, 20);
      ByteBuffer name = record(at + (definition.getInt(12) & 0xffffffffL), 8);
      defined.add(string(name.getInt(0) & 0xffffffffL));
      at = definition.getInt(16) == 0 ? -1 : at + (definition.getInt(16) & 0xffffffffL);
    }
    return defined;
  }

  private ByteBuffer record(long offset, int length) throws IOException {
    return buffer(file.read(offset, length), length);
  }

  private ByteBuffer buffer(byte[] bytes, int length) throws MalformedElfException {
    if (bytes.length < length) {
      throw new MalformedElfException("it is cut off");
    }
    return ByteBuffer.wrap(bytes, 0, length)
        .order(target.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  /** An address or size, at one place where addresses have 64 bits and another where 32. */
  private long word(ByteBuffer bytes, int wide, int narrow) {
    return target.wide() ? bytes.getLong(wide) : bytes.getInt(narrow) & 0xffffffffL;
  }

  private String string(long offset) {
    return offset < 0 || offset >= strings.length ? "" : text(strings, (int) offset);
  }

  private static String text(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != 0 && end - start < MAX_PATH) {
      end++;
    }
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  private static List<String> directories(String path) {
    List<String> directories = new ArrayList<>();
    for (String directory : path.split(":", -1)) {
      if (!directory.isEmpty()) {
        directories.add(directory);
      }
    }
    return directories;
  }
}
