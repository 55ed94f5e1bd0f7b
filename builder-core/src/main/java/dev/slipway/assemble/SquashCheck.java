package dev.slipway.assemble;

import dev.slipway.layer.Decompression;
import dev.slipway.layer.LayerReadOptions;
import dev.slipway.layer.LayerReader;
import dev.slipway.snapshot.LayerBlob;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Compares a layer as it was written with the files that it should give. */
final class SquashCheck {
  private static final int BUFFER = 1 << 16;

  private final FileTree expected;
  private final byte[] ours = new byte[BUFFER];
  private final byte[] theirs = new byte[BUFFER];

  private SquashCheck(FileTree expected) {
    this.expected = expected;
  }

  /**
   * @param below the files that the layer lies on
   * @param expected the files with it
   * @throws AssembleException if they are others
   */
  static void check(LayerBlob blob, FileTree below, FileTree expected) {
    SquashCheck check = new SquashCheck(expected);
    FileTree found;
    try (InputStream in = Decompression.open(blob.content().open(), Long.MAX_VALUE)) {
      found =
          below.apply(
              LayerReader.readChanges(
                  in, LayerReadOptions.layer(Origin.NONE), check::contentIfSame));
    } catch (IOException e) {
      throw new AssembleException("cannot read the squashed layer: " + e.getMessage(), e);
    }
    ChangeSet difference = ChangeSet.between(expected, found);
    if (!difference.isEmpty()) {
      Change first = difference.get(0);
      throw differs(first.path(), first instanceof Change.Put ? "is another" : "is gone");
    }
    check.compareLinks(found);
  }

  /** Equal contents get the same handle, which is how trees compare them. */
  private Content contentIfSame(TreePath path, long size, long offset, InputStream body)
      throws IOException {
    if (!(expected.find(path) instanceof RegularFile file) || file.size() != size) {
      throw differs(path, "has another size");
    }
    try (InputStream in = file.content().open()) {
      int count;
      do {
        count = in.readNBytes(ours, 0, BUFFER);
        int other = body.readNBytes(theirs, 0, BUFFER);
        if (!Arrays.equals(ours, 0, count, theirs, 0, other)) {
          throw differs(path, "has other bytes");
        }
      } while (count == BUFFER);
    }
    return file.content();
  }

  private void compareLinks(FileTree found) {
    Map<TreePath, TreePath> before = links(expected);
    Map<TreePath, TreePath> after = links(found);
    for (Map.Entry<TreePath, TreePath> link : before.entrySet()) {
      TreePath first = after.get(link.getKey());
      if (first == null || !first.equals(link.getValue())) {
        throw differs(link.getKey(), "is no hard link to \"" + link.getValue() + "\" any more");
      }
    }
    for (Map.Entry<TreePath, TreePath> link : after.entrySet()) {
      if (!before.containsKey(link.getKey())) {
        throw differs(link.getKey(), "became a hard link to \"" + link.getValue() + "\"");
      }
    }
  }

  /** For each further name of a file, the first. */
  private static Map<TreePath, TreePath> links(FileTree tree) {
    Map<Entry, TreePath> first = new IdentityHashMap<>();
    Map<TreePath, TreePath> links = new HashMap<>();
    tree.forEach(
        (path, entry) -> {
          TreePath other = entry.linked() ? first.putIfAbsent(entry, path) : null;
          if (other != null) {
            links.put(path, other);
          }
        });
    return links;
  }

  private static AssembleException differs(TreePath path, String how) {
    return new AssembleException("squashing would change the files: \"" + path + "\" " + how, null);
  }
}
