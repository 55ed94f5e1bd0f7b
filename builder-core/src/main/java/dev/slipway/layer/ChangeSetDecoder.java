package dev.slipway.layer;

import dev.slipway.layer.ChangeSetCodec.Kind;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.Xattrs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the form that {@link ChangeSetCodec} describes. Memory grows with what was read only, never
 * with a length that the bytes merely state.
 */
final class ChangeSetDecoder {
  private static final int MAX_PATH = 4096;
  private static final int MAX_TEXT = 1 << 16;
  private static final int MAX_XATTRS = 1 << 10;
  private static final int SHA256_BYTES = 32;
  private static final int KIND_BITS = 0x0f;

  private final byte[] bytes;
  private final ChangeSetCodec.ContentDecoder contents;
  private final List<Entry> linkedEntries = new ArrayList<>();
  private final List<Origin> origins = new ArrayList<>();
  private final List<Xattrs> xattrs = new ArrayList<>();
  private byte[] lastPath = new byte[0];
  private int at;

  /** An array and no stream: most lists are read by a JVM that is too young to inline a stream. */
  ChangeSetDecoder(byte[] bytes, ChangeSetCodec.ContentDecoder contents) {
    this.bytes = bytes;
    this.contents = contents;
    origins.add(Origin.NONE);
    xattrs.add(Xattrs.EMPTY);
  }

  ChangeSet read() throws IOException {
    int magic = ChangeSetCodec.MAGIC.length;
    if (bytes.length < magic || !Arrays.equals(bytes, 0, magic, ChangeSetCodec.MAGIC, 0, magic)) {
      throw new LayerException("not a list of changes, or of another version");
    }
    at = magic;
    List<Change> changes = new ArrayList<>();
    for (Change change = readChange(); change != null; change = readChange()) {
      changes.add(change);
    }
    if (readNumber() != changes.size() || at != bytes.length) {
      throw ChangeSetCodec.malformed();
    }
    return ChangeSet.of(changes);
  }

  private @Nullable Change readChange() throws IOException {
    int tag = readByte();
    Kind kind = Kind.of(tag & KIND_BITS);
    if (kind == Kind.END) {
      return null;
    }
    TreePath path = readPath();
    if (kind == Kind.WHITEOUT) {
      return new Change.Whiteout(path);
    }
    if (kind == Kind.OPAQUE) {
      return new Change.Opaque(path);
    }
    Entry entry = kind == Kind.LINK ? readLink() : readEntry(kind, tag);
    if (path.isRoot() && kind != Kind.DIRECTORY) {
      throw ChangeSetCodec.malformed();
    }
    return new Change.Put(path, entry);
  }

  private Entry readLink() {
    return linkedEntries.get(readNumber(linkedEntries.size() - 1));
  }

  private Entry readEntry(Kind kind, int tag) throws IOException {
    boolean linked = (tag & ChangeSetCodec.LINKED) != 0;
    Metadata metadata = readMetadata();
    Origin origin = readOrigin();
    Entry entry =
        switch (kind) {
          case DIRECTORY -> new Directory(metadata, origin);
          case FILE -> readFile(metadata, origin, linked, (tag & ChangeSetCodec.DIGEST) != 0);
          case SYMLINK -> new Symlink(metadata, origin, readBytes(MAX_TEXT), linked);
          case CHARACTER_DEVICE -> readDevice(metadata, origin, Device.Type.CHARACTER, linked);
          case BLOCK_DEVICE -> readDevice(metadata, origin, Device.Type.BLOCK, linked);
          case FIFO -> readDevice(metadata, origin, Device.Type.FIFO, linked);
          default -> throw ChangeSetCodec.malformed();
        };
    if (linked) {
      linkedEntries.add(entry);
    }
    return entry;
  }

  private RegularFile readFile(Metadata metadata, Origin origin, boolean linked, boolean hasDigest)
      throws IOException {
    long size = readNumber();
    if (size < 0) {
      throw ChangeSetCodec.malformed();
    }
    byte[] reference = readBytes(ChangeSetCodec.MAX_REFERENCE);
    String digest = hasDigest ? HexFormat.of().formatHex(readExactly(SHA256_BYTES)) : null;
    Content content = contents.decode(reference, size, digest);
    return new RegularFile(metadata, origin, size, content, linked);
  }

  private Device readDevice(Metadata metadata, Origin origin, Device.Type type, boolean linked) {
    int major = readNumber(Integer.MAX_VALUE);
    int minor = readNumber(Integer.MAX_VALUE);
    return new Device(metadata, origin, type, major, minor, linked);
  }

  private Metadata readMetadata() {
    int mode = readNumber(07777);
    int uid = readId();
    int gid = readId();
    long time = readNumber();
    int nanos = readNumber(999_999_999);
    return new Metadata(mode, uid, gid, time >>> 1 ^ -(time & 1), nanos, readXattrs());
  }

  private int readId() {
    long id = readNumber();
    if (id < 0 || id > 0xffff_ffffL) {
      throw ChangeSetCodec.malformed();
    }
    return (int) id;
  }

  private TreePath readPath() {
    int shared = readNumber(lastPath.length);
    int rest = readNumber(MAX_PATH - shared);
    if (rest > bytes.length - at) {
      throw ChangeSetCodec.malformed();
    }
    byte[] path = Arrays.copyOf(lastPath, shared + rest);
    System.arraycopy(bytes, at, path, shared, rest);
    at += rest;
    lastPath = path;
    TreePath clean = TreePath.ofClean(path, shared);
    if (clean == null) {
      throw ChangeSetCodec.malformed();
    }
    return clean;
  }

  private Xattrs readXattrs() {
    int index = readNumber(xattrs.size());
    if (index == xattrs.size()) {
      int count = readNumber(MAX_XATTRS);
      Map<String, byte[]> read = new HashMap<>();
      for (int i = 0; i < count; i++) {
        read.put(readText(), readBytes(MAX_TEXT));
      }
      xattrs.add(Xattrs.of(read));
    }
    return xattrs.get(index);
  }

  private Origin readOrigin() {
    int index = readNumber(origins.size());
    if (index == origins.size()) {
      origins.add(new Origin(readText(), readNumber(Integer.MAX_VALUE), readText()));
    }
    return origins.get(index);
  }

  private String readText() {
    return new String(readBytes(MAX_TEXT), StandardCharsets.UTF_8);
  }

  private byte[] readBytes(int most) {
    return readExactly(readNumber(most));
  }

  private byte[] readExactly(int length) {
    if (length > bytes.length - at) {
      throw ChangeSetCodec.malformed();
    }
    byte[] read = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return read;
  }

  /** A number from 0 to {@code most}. */
  private int readNumber(int most) {
    long number = readNumber();
    if (number < 0 || number > most) {
      throw ChangeSetCodec.malformed();
    }
    return (int) number;
  }

  private long readNumber() {
    long number = readByte();
    if (number < 0x80) {
      return number;
    }
    number &= 0x7f;
    for (int shift = 7; shift < 64; shift += 7) {
      int b = readByte();
      number |= (long) (b & 0x7f) << shift;
      if ((b & 0x80) == 0) {
        return number;
      }
    }
    throw ChangeSetCodec.malformed();
  }

  private int readByte() {
    if (at == bytes.length) {
      throw ChangeSetCodec.malformed();
    }
    return bytes[at++] & 0xff;
  }
}
