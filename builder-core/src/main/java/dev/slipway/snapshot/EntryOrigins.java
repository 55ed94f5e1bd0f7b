package dev.slipway.snapshot;

import dev.slipway.layer.ChangeSetCodec;
import dev.slipway.layer.LayerException;
import dev.slipway.oci.DiffId;
import dev.slipway.store.Store;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where the entries of a layer were first made, which its archive does not tell: a file that was
 * copied from another stage was made there. Remembered when the layer's blob is written.
 */
public final class EntryOrigins {
  private static final String KIND = "origins";
  private static final BytesContent NO_CONTENT = new BytesContent(new byte[0]);

  private final FileTree tree;

  private EntryOrigins(FileTree tree) {
    this.tree = tree;
  }

  /** What is remembered of a layer; empty if it was not written here. */
  public static Optional<EntryOrigins> find(Store store, DiffId layer) {
    Optional<byte[]> fact = store.facts().find(KIND, layer.digest().hex());
    if (fact.isEmpty()) {
      return Optional.empty();
    }
    try {
      ChangeSet changes = ChangeSetCodec.read(fact.get(), (reference, size, digest) -> NO_CONTENT);
      return Optional.of(new EntryOrigins(FileTree.EMPTY.apply(changes)));
    } catch (IOException | LayerException e) {
      return Optional.empty();
    }
  }

  /** The origin of what is at a path, or {@link Origin#NONE}. */
  public Origin of(TreePath path) {
    if (tree.root().size() == 0) {
      return tree.root().origin();
    }
    Entry entry = tree.find(path);
    return entry == null ? Origin.NONE : entry.origin();
  }

  static void remember(Store store, DiffId layer, ChangeSet changes) {
    Origin common = null;
    boolean mixed = false;
    for (Change change : changes) {
      if (change instanceof Change.Put put) {
        Origin origin = put.entry().origin();
        mixed |= common != null && !common.equals(origin);
        common = origin;
      }
    }
    if (common == null) {
      return;
    }
    ChangeSet told =
        mixed
            ? changes
            : ChangeSet.of(
                List.of(
                    new Change.Put(TreePath.ROOT, new Directory(Metadata.of(0755, 0), common))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ChangeSetCodec.write(told, out, content -> new byte[0]);
    } catch (IOException e) {
      throw new SnapshotException("cannot note the origins of a layer", e);
    }
    store.facts().put(KIND, layer.digest().hex(), out.toByteArray());
  }
}
