package dev.slipway.layer;

import dev.slipway.layer.ChangeSetCodec.Kind;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Device;
import dev.slipway.tree.Entry;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.Xattrs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;

/** Writes the form that {@link ChangeSetCodec} describes. */
final class ChangeSetEncoder {
  private final OutputStream out;
  private final ChangeSetCodec.ContentEncoder contents;
  private final Map<Entry, Integer> linkedEntries = new IdentityHashMap<>();
  private final Map<Origin, Integer> origins = new HashMap<>();
  private final Map<Xattrs, Integer> xattrs = new HashMap<>();
  private byte[] lastPath = new byte[0];

  ChangeSetEncoder(OutputStream out, ChangeSetCodec.ContentEncoder contents) {
    this.out = out;
    this.contents = contents;
  }

  void write(ChangeSet changes) throws IOException {
    out.write(ChangeSetCodec.MAGIC);
    for (Change change : changes) {
      if (change instanceof Change.Put put) {
        writePut(put.path(), put.entry());
      } else {
        writeTag(change instanceof Change.Whiteout ? Kind.WHITEOUT : Kind.OPAQUE, 0);
        writePath(change.path());
      }
    }
    writeTag(Kind.END, 0);
    writeNumber(changes.size());
  }

  private void writeTag(Kind kind, int flags) throws IOException {
    out.write(kind.ordinal() | flags);
  }

  private void writePut(TreePath path, Entry entry) throws IOException {
    int flags = 0;
    if (entry.linked()) {
      Integer known = linkedEntries.putIfAbsent(entry, linkedEntries.size());
      if (known != null) {
        writeTag(Kind.LINK, 0);
        writePath(path);
        writeNumber(known);
        return;
      }
      flags = ChangeSetCodec.LINKED;
    }
    if (entry instanceof RegularFile file) {
      writeFile(path, file, flags);
    } else if (entry instanceof Symlink link) {
      writeHead(Kind.SYMLINK, flags, path, entry);
      writeBytes(link.target());
    } else if (entry instanceof Device device) {
      writeHead(kindOf(device), flags, path, entry);
      writeNumber(device.major());
      writeNumber(device.minor());
    } else {
      writeHead(Kind.DIRECTORY, flags, path, entry);
    }
  }

  private void writeFile(TreePath path, RegularFile file, int flags) throws IOException {
    String digest = file.content().digestIfKnown();
    writeHead(Kind.FILE, digest == null ? flags : flags | ChangeSetCodec.DIGEST, path, file);
    writeNumber(file.size());
    byte[] reference = contents.encode(file.content());
    if (reference.length > ChangeSetCodec.MAX_REFERENCE) {
      throw new IllegalArgumentException("a reference of " + reference.length + " bytes");
    }
    writeBytes(reference);
    if (digest != null) {
      out.write(HexFormat.of().parseHex(digest));
    }
  }

  private static Kind kindOf(Device device) {
    return switch (device.type()) {
      case CHARACTER -> Kind.CHARACTER_DEVICE;
      case BLOCK -> Kind.BLOCK_DEVICE;
      case FIFO -> Kind.FIFO;
    };
  }

  private void writeHead(Kind kind, int flags, TreePath path, Entry entry) throws IOException {
    writeTag(kind, flags);
    writePath(path);
    Metadata metadata = entry.metadata();
    writeNumber(metadata.mode());
    writeNumber(Integer.toUnsignedLong(metadata.uid()));
    writeNumber(Integer.toUnsignedLong(metadata.gid()));
    long seconds = metadata.mtimeSeconds();
    writeNumber(seconds << 1 ^ seconds >> 63);
    writeNumber(metadata.mtimeNanos());
    writeXattrs(metadata.xattrs());
    writeOrigin(entry.origin());
  }

  private void writePath(TreePath path) throws IOException {
    byte[] bytes = path.toBytes();
    int mismatch = Arrays.mismatch(lastPath, bytes);
    int shared = mismatch < 0 ? bytes.length : mismatch;
    writeNumber(shared);
    writeNumber(bytes.length - shared);
    out.write(bytes, shared, bytes.length - shared);
    lastPath = bytes;
  }

  private void writeXattrs(Xattrs value) throws IOException {
    if (value.isEmpty()) {
      writeNumber(0);
      return;
    }
    Integer known = xattrs.putIfAbsent(value, xattrs.size() + 1);
    writeNumber(known != null ? known : xattrs.size());
    if (known == null) {
      writeNumber(value.size());
      for (Map.Entry<String, byte[]> xattr : value.toMap().entrySet()) {
        writeText(xattr.getKey());
        writeBytes(xattr.getValue());
      }
    }
  }

  private void writeOrigin(Origin value) throws IOException {
    if (value.equals(Origin.NONE)) {
      writeNumber(0);
      return;
    }
    Integer known = origins.putIfAbsent(value, origins.size() + 1);
    writeNumber(known != null ? known : origins.size());
    if (known == null) {
      writeText(value.stage());
      writeNumber(value.line());
      writeText(value.text());
    }
  }

  private void writeText(String text) throws IOException {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void writeBytes(byte[] bytes) throws IOException {
    writeNumber(bytes.length);
    out.write(bytes);
  }

  private void writeNumber(long number) throws IOException {
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
