package dev.slipway.layer;

import dev.slipway.layer.ChangeSetCodec.Kind;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the form that {@link TreeCodec} describes, a directory at a time. */
final class TreeDecoder {
  private static final int MAX_NAME = 4096;

  private final byte[] bytes;
  private final EncodedInput head;
  private final EntryDecoder entries;
  private final List<Entry> linkedEntries = new ArrayList<>();
  private int firstBlock;

  TreeDecoder(byte[] bytes, ChangeSetCodec.ContentDecoder contents) {
    this.bytes = bytes;
    head = EncodedInput.after(TreeCodec.MAGIC, bytes);
    entries = EntryDecoder.withTables(head, contents);
  }

  FileTree read() throws IOException {
    for (long left = head.readNumber(); left != 0; left--) {
      int tag = head.readByte();
      linkedEntries.add(entries.read(Kind.of(tag & ChangeSetCodec.KIND_BITS), tag));
    }
    Entry root = entries.read(Kind.DIRECTORY, 0);
    int place = head.readNumber(bytes.length);
    firstBlock = head.position();
    return new FileTree(directory(root, place));
  }

  private Directory directory(Entry described, int place) {
    return Directory.lazily(
        described.metadata(), described.origin(), () -> readBlock(described, place));
  }

  private Directory readBlock(Entry described, int place) {
    try {
      EncodedInput in = new EncodedInput(bytes, Math.min(firstBlock + place, bytes.length));
      EntryDecoder parts = entries.of(in);
      int count = in.readNumber(bytes.length - in.position());
      byte[][] names = new byte[count][];
      Entry[] children = new Entry[count];
      for (int i = 0; i < count; i++) {
        int tag = in.readByte();
        Kind kind = Kind.of(tag & ChangeSetCodec.KIND_BITS);
        names[i] = in.readBytes(MAX_NAME);
        if (!TreePath.isName(names[i])) {
          throw EncodedInput.malformed();
        }
        if (kind == Kind.LINK) {
          children[i] = linkedEntries.get(in.readNumber(linkedEntries.size() - 1));
        } else {
          Entry child = parts.read(kind, tag);
          // A block is behind those of its sub-directories: no directory can be in itself.
          children[i] = kind == Kind.DIRECTORY ? directory(child, in.readNumber(place - 1)) : child;
        }
      }
      return Directory.of(described.metadata(), described.origin(), names, children);
    } catch (IOException | IllegalArgumentException e) {
      throw new LayerException("malformed tree", e);
    }
  }
}
