package dev.slipway.layer;

import dev.slipway.layer.ChangeSetCodec.Kind;
import dev.slipway.tree.Device;
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

/**
 * Writes entries: a kind with flags, then, behind what a caller puts between, the entry's parts.
 * Attributes and origins are counted; they stand where they first occur, or in tables.
 */
final class EntryEncoder {
  private final ChangeSetCodec.ContentEncoder contents;
  private final boolean inPlace;
  private final Map<Origin, Integer> origins = new HashMap<>();
  private final Map<Xattrs, Integer> xattrs = new HashMap<>();
  private final List<Origin> originTable = new ArrayList<>();
  private final List<Xattrs> xattrTable = new ArrayList<>();

  /**
   * @param inPlace whether attributes and origins stand where they first occur; else {@link
   *     #writeTables} writes them
   */
  EntryEncoder(ChangeSetCodec.ContentEncoder contents, boolean inPlace) {
    this.contents = contents;
    this.inPlace = inPlace;
  }

  static int tag(Entry entry) {
    int flags = entry.linked() ? ChangeSetCodec.LINKED : 0;
    if (entry instanceof RegularFile file) {
      boolean known = file.content().digestIfKnown() != null;
      return Kind.FILE.ordinal() | flags | (known ? ChangeSetCodec.DIGEST : 0);
    }
    if (entry instanceof Symlink) {
      return Kind.SYMLINK.ordinal() | flags;
    }
    return entry instanceof Device device
        ? kindOf(device).ordinal() | flags
        : Kind.DIRECTORY.ordinal();
  }

  private static Kind kindOf(Device device) {
    return switch (device.type()) {
      case CHARACTER -> Kind.CHARACTER_DEVICE;
      case BLOCK -> Kind.BLOCK_DEVICE;
      case FIFO -> Kind.FIFO;
    };
  }

  void writeParts(Entry entry, EncodedOutput out) throws IOException {
    Metadata metadata = entry.metadata();
    out.writeNumber(metadata.mode());
    out.writeNumber(Integer.toUnsignedLong(metadata.uid()));
    out.writeNumber(Integer.toUnsignedLong(metadata.gid()));
    long seconds = metadata.mtimeSeconds();
    out.writeNumber(seconds << 1 ^ seconds >> 63);
    out.writeNumber(metadata.mtimeNanos());
    writeXattrs(metadata.xattrs(), out);
    writeOrigin(entry.origin(), out);
    if (entry instanceof RegularFile file) {
      writeFile(file, out);
    } else if (entry instanceof Symlink link) {
      out.writeBytes(link.target());
    } else if (entry instanceof Device device) {
      out.writeNumber(device.major());
      out.writeNumber(device.minor());
    }
  }

  private void writeFile(RegularFile file, EncodedOutput out) throws IOException {
    out.writeNumber(file.size());
    byte[] reference = contents.encode(file.content());
    if (reference.length > ChangeSetCodec.MAX_REFERENCE) {
      throw new IllegalArgumentException("a reference of " + reference.length + " bytes");
    }
    out.writeBytes(reference);
    String digest = file.content().digestIfKnown();
    if (digest != null) {
      out.writeExactly(HexFormat.of().parseHex(digest));
    }
  }

  private void writeXattrs(Xattrs value, EncodedOutput out) throws IOException {
    if (value.isEmpty()) {
      out.writeNumber(0);
      return;
    }
    Integer known = xattrs.putIfAbsent(value, xattrs.size() + 1);
    out.writeNumber(known != null ? known : xattrs.size());
    if (known == null) {
      xattrTable.add(value);
      if (inPlace) {
        write(value, out);
      }
    }
  }

  private static void write(Xattrs value, EncodedOutput out) throws IOException {
    out.writeNumber(value.size());
    for (Map.Entry<String, byte[]> xattr : value.toMap().entrySet()) {
      out.writeText(xattr.getKey());
      out.writeBytes(xattr.getValue());
    }
  }

  private void writeOrigin(Origin value, EncodedOutput out) throws IOException {
    if (value.equals(Origin.NONE)) {
      out.writeNumber(0);
      return;
    }
    Integer known = origins.putIfAbsent(value, origins.size() + 1);
    out.writeNumber(known != null ? known : origins.size());
    if (known == null) {
      originTable.add(value);
      if (inPlace) {
        write(value, out);
      }
    }
  }

  private static void write(Origin value, EncodedOutput out) throws IOException {
    out.writeText(value.stage());
    out.writeNumber(value.line());
    out.writeText(value.text());
  }

  /** Writes all attributes and origins of the entries so far. */
  void writeTables(EncodedOutput out) throws IOException {
    out.writeNumber(xattrTable.size());
    for (Xattrs each : xattrTable) {
      write(each, out);
    }
    out.writeNumber(originTable.size());
    for (Origin each : originTable) {
      write(each, out);
    }
  }
}
