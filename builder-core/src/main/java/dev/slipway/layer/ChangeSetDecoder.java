package dev.slipway.layer;

import dev.slipway.layer.ChangeSetCodec.Kind;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Entry;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the form that {@link ChangeSetCodec} describes. Memory grows with what was read only, never
 * with a length that the bytes merely state.
 */
final class ChangeSetDecoder {
  private static final int MAX_PATH = 4096;

  private final EncodedInput in;
  private final EntryDecoder entries;
  private final List<Entry> linkedEntries = new ArrayList<>();
  private byte[] lastPath = new byte[0];

  ChangeSetDecoder(byte[] bytes, ChangeSetCodec.ContentDecoder contents) {
    in = EncodedInput.after(ChangeSetCodec.MAGIC, bytes);
    entries = EntryDecoder.inPlace(in, contents);
  }

  ChangeSet read() throws IOException {
    List<Change> changes = new ArrayList<>();
    for (Change change = readChange(); change != null; change = readChange()) {
      changes.add(change);
    }
    if (in.readNumber() != changes.size() || !in.isAtEnd()) {
      throw EncodedInput.malformed();
    }
    return ChangeSet.of(changes);
  }

  private @Nullable Change readChange() throws IOException {
    int tag = in.readByte();
    Kind kind = Kind.of(tag & ChangeSetCodec.KIND_BITS);
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
      throw EncodedInput.malformed();
    }
    return new Change.Put(path, entry);
  }

  private Entry readLink() {
    return linkedEntries.get(in.readNumber(linkedEntries.size() - 1));
  }

  private Entry readEntry(Kind kind, int tag) throws IOException {
    Entry entry = entries.read(kind, tag);
    if ((tag & ChangeSetCodec.LINKED) != 0) {
      linkedEntries.add(entry);
    }
    return entry;
  }

  private TreePath readPath() {
    int shared = in.readNumber(lastPath.length);
    int rest = in.readNumber(MAX_PATH - shared);
    byte[] path = Arrays.copyOf(lastPath, shared + rest);
    in.readExactly(path, shared, rest);
    lastPath = path;
    TreePath clean = TreePath.ofClean(path, shared);
    if (clean == null) {
      throw EncodedInput.malformed();
    }
    return clean;
  }
}
