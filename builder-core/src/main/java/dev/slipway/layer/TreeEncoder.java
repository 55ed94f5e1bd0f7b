package dev.slipway.layer;

import dev.slipway.layer.ChangeSetCodec.Kind;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes the form that {@link TreeCodec} describes. */
final class TreeEncoder {
  private final EntryEncoder entries;
  private final ByteArrayOutputStream blocks = new ByteArrayOutputStream();
  private final EncodedOutput blocksOut = new EncodedOutput(blocks);
  private final ByteArrayOutputStream links = new ByteArrayOutputStream();
  private final EncodedOutput linksOut = new EncodedOutput(links);
  private final Map<Entry, Integer> linkedEntries = new IdentityHashMap<>();

  TreeEncoder(ChangeSetCodec.ContentEncoder contents) {
    entries = new EntryEncoder(contents, false);
  }

  void write(FileTree tree, OutputStream to) throws IOException {
    int place = writeBlock(tree.root());
    ByteArrayOutputStream root = new ByteArrayOutputStream();
    EncodedOutput rootOut = new EncodedOutput(root);
    entries.writeParts(tree.root(), rootOut);
    rootOut.writeNumber(place);

    ByteArrayOutputStream head = new ByteArrayOutputStream();
    EncodedOutput headOut = new EncodedOutput(head);
    headOut.writeExactly(TreeCodec.MAGIC);
    entries.writeTables(headOut);
    headOut.writeNumber(linkedEntries.size());
    for (ByteArrayOutputStream part : List.of(head, links, root, blocks)) {
      part.writeTo(to);
    }
  }

  /** Gives its place. */
  private int writeBlock(Directory directory) throws IOException {
    int[] below = new int[directory.size()];
    for (int i = 0; i < below.length; i++) {
      if (directory.childAt(i) instanceof Directory child) {
        below[i] = writeBlock(child);
      }
    }
    int place = blocks.size();
    blocksOut.writeNumber(below.length);
    for (int i = 0; i < below.length; i++) {
      Entry child = directory.childAt(i);
      blocksOut.writeByte(child.linked() ? Kind.LINK.ordinal() : EntryEncoder.tag(child));
      blocksOut.writeBytes(directory.nameAt(i));
      if (child.linked()) {
        blocksOut.writeNumber(link(child));
      } else {
        entries.writeParts(child, blocksOut);
        if (child instanceof Directory) {
          blocksOut.writeNumber(below[i]);
        }
      }
    }
    return place;
  }

  private int link(Entry entry) throws IOException {
    Integer known = linkedEntries.putIfAbsent(entry, linkedEntries.size());
    if (known != null) {
      return known;
    }
    linksOut.writeByte(EntryEncoder.tag(entry));
    entries.writeParts(entry, linksOut);
    return linkedEntries.size() - 1;
  }
}
