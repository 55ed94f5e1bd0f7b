package dev.slipway.layer;

import dev.slipway.layer.ChangeSetCodec.Kind;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Entry;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/** Writes the form that {@link ChangeSetCodec} describes. */
final class ChangeSetEncoder {
  private final EncodedOutput out;
  private final EntryEncoder entries;
  private final Map<Entry, Integer> linkedEntries = new IdentityHashMap<>();
  private byte[] lastPath = new byte[0];

  ChangeSetEncoder(OutputStream out, ChangeSetCodec.ContentEncoder contents) {
    this.out = new EncodedOutput(out);
    entries = new EntryEncoder(contents, true);
  }

  void write(ChangeSet changes) throws IOException {
    out.writeExactly(ChangeSetCodec.MAGIC);
    for (Change change : changes) {
      if (change instanceof Change.Put put) {
        writePut(put.path(), put.entry());
      } else {
        Kind kind = change instanceof Change.Whiteout ? Kind.WHITEOUT : Kind.OPAQUE;
        out.writeByte(kind.ordinal());
        writePath(change.path());
      }
    }
    out.writeByte(Kind.END.ordinal());
    out.writeNumber(changes.size());
  }

  private void writePut(TreePath path, Entry entry) throws IOException {
    if (entry.linked()) {
      Integer known = linkedEntries.putIfAbsent(entry, linkedEntries.size());
      if (known != null) {
        out.writeByte(Kind.LINK.ordinal());
        writePath(path);
        out.writeNumber(known);
        return;
      }
    }
    out.writeByte(EntryEncoder.tag(entry));
    writePath(path);
    entries.writeParts(entry, out);
  }

  private void writePath(TreePath path) throws IOException {
    byte[] bytes = path.toBytes();
    int mismatch = Arrays.mismatch(lastPath, bytes);
    int shared = mismatch < 0 ? bytes.length : mismatch;
    out.writeNumber(shared);
    out.writeNumber(bytes.length - shared);
    out.writeExactly(bytes, shared, bytes.length - shared);
    lastPath = bytes;
  }
}
