package dev.slipway.layer;

import dev.slipway.layer.ChangeSetCodec.Kind;
import dev.slipway.tree.Content;
import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.Xattrs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parts of entries that {@link EntryEncoder} writes. */
final class EntryDecoder {
  private static final int MAX_XATTRS = 1 << 10;
  private static final int SHA256_BYTES = 32;

  private final EncodedInput in;
  private final ChangeSetCodec.ContentDecoder contents;
  private final boolean inPlace;
  private final List<Origin> origins;
  private final List<Xattrs> xattrs;

  private EntryDecoder(
      EncodedInput in,
      ChangeSetCodec.ContentDecoder contents,
      boolean inPlace,
      List<Origin> origins,
      List<Xattrs> xattrs) {
    this.in = in;
    this.contents = contents;
    this.inPlace = inPlace;
    this.origins = origins;
    this.xattrs = xattrs;
  }

  /** Of entries whose attributes and origins stand where they first occur. */
  static EntryDecoder inPlace(EncodedInput in, ChangeSetCodec.ContentDecoder contents) {
    List<Origin> origins = new ArrayList<>();
    origins.add(Origin.NONE);
    List<Xattrs> xattrs = new ArrayList<>();
    xattrs.add(Xattrs.EMPTY);
    return new EntryDecoder(in, contents, true, origins, xattrs);
  }

  /** Of entries whose attributes and origins are in tables, which are read at once. */
  static EntryDecoder withTables(EncodedInput in, ChangeSetCodec.ContentDecoder contents) {
    EntryDecoder reader = inPlace(in, contents);
    for (long left = in.readNumber(); left != 0; left--) {
      reader.xattrs.add(reader.newXattrs());
    }
    for (long left = in.readNumber(); left != 0; left--) {
      reader.origins.add(reader.newOrigin());
    }
    return new EntryDecoder(in, contents, false, reader.origins, reader.xattrs);
  }

  /** The same with entries that are elsewhere; for any thread. */
  EntryDecoder of(EncodedInput elsewhere) {
    return new EntryDecoder(elsewhere, contents, inPlace, origins, xattrs);
  }

  /**
   * @param tag of {@link EntryEncoder#tag}
   */
  Entry read(Kind kind, int tag) throws IOException {
    boolean linked = (tag & ChangeSetCodec.LINKED) != 0;
    Metadata metadata = readMetadata();
    Origin origin = readOrigin();
    return switch (kind) {
      case DIRECTORY -> new Directory(metadata, origin);
      case FILE -> readFile(metadata, origin, linked, (tag & ChangeSetCodec.DIGEST) != 0);
      case SYMLINK -> new Symlink(metadata, origin, in.readBytes(), linked);
      case CHARACTER_DEVICE -> readDevice(metadata, origin, Device.Type.CHARACTER, linked);
      case BLOCK_DEVICE -> readDevice(metadata, origin, Device.Type.BLOCK, linked);
      case FIFO -> readDevice(metadata, origin, Device.Type.FIFO, linked);
      default -> throw EncodedInput.malformed();
    };
  }

  private RegularFile readFile(Metadata metadata, Origin origin, boolean linked, boolean hasDigest)
      throws IOException {
    long size = in.readNumber();
    if (size < 0) {
      throw EncodedInput.malformed();
    }
    byte[] reference = in.readBytes(ChangeSetCodec.MAX_REFERENCE);
    @Nullable String digest =
        hasDigest ? HexFormat.of().formatHex(in.readExactly(SHA256_BYTES)) : null;
    Content content = contents.decode(reference, size, digest);
    return new RegularFile(metadata, origin, size, content, linked);
  }

  private Device readDevice(Metadata metadata, Origin origin, Device.Type type, boolean linked) {
    int major = in.readNumber(Integer.MAX_VALUE);
    int minor = in.readNumber(Integer.MAX_VALUE);
    return new Device(metadata, origin, type, major, minor, linked);
  }

  private Metadata readMetadata() {
    int mode = in.readNumber(07777);
    int uid = readId();
    int gid = readId();
    long time = in.readNumber();
    int nanos = in.readNumber(999_999_999);
    return new Metadata(mode, uid, gid, time >>> 1 ^ -(time & 1), nanos, readXattrs());
  }

  private int readId() {
    long id = in.readNumber();
    if (id < 0 || id > 0xffff_ffffL) {
      throw EncodedInput.malformed();
    }
    return (int) id;
  }

  private Xattrs readXattrs() {
    int index = in.readNumber(inPlace ? xattrs.size() : xattrs.size() - 1);
    if (index == xattrs.size()) {
      xattrs.add(newXattrs());
    }
    return xattrs.get(index);
  }

  private Xattrs newXattrs() {
    int count = in.readNumber(MAX_XATTRS);
    Map<String, byte[]> read = new HashMap<>();
    for (int i = 0; i < count; i++) {
      read.put(in.readText(), in.readBytes());
    }
    return Xattrs.of(read);
  }

  private Origin readOrigin() {
    int index = in.readNumber(inPlace ? origins.size() : origins.size() - 1);
    if (index == origins.size()) {
      origins.add(newOrigin());
    }
    return origins.get(index);
  }

  private Origin newOrigin() {
    return new Origin(in.readText(), in.readNumber(Integer.MAX_VALUE), in.readText());
  }
}
