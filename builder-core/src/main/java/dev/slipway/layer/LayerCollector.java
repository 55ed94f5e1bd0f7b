package dev.slipway.layer;

import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import dev.slipway.tree.Device;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Gathers the members of an archive into changes. */
final class LayerCollector implements LayerVisitor {
  private final Origin origin;
  private final ContentSource contents;
  private final FileTreeBuilder puts = new FileTreeBuilder();
  private final List<Change> hidden = new ArrayList<>();

  LayerCollector(Origin origin, ContentSource contents) {
    this.origin = origin;
    this.contents = contents;
  }

  @Override
  public void put(TreePath path, Entry entry) {
    puts.put(path, entry);
  }

  @Override
  public void file(TreePath path, Metadata metadata, long size, long offset, InputStream body)
      throws IOException {
    Content content = contents.contentOf(path, size, offset, body);
    puts.put(path, new RegularFile(metadata, origin, size, content, false));
  }

  @Override
  public void link(TreePath path, TreePath target) {
    Entry entry = puts.find(target);
    if (entry == null || entry.kind() == Entry.Kind.DIRECTORY) {
      throw new LayerException(
          "hard link \"" + path + "\" to \"" + target + "\", which the archive does not hold");
    }
    Entry shared = entry;
    if (!entry.linked()) {
      shared = asLinked(entry);
      puts.put(target, shared);
    }
    puts.put(path, shared);
  }

  private static Entry asLinked(Entry entry) {
    if (entry instanceof RegularFile file) {
      return file.withLinked(true);
    }
    return entry instanceof Symlink link
        ? link.withLinked(true)
        : ((Device) entry).withLinked(true);
  }

  @Override
  public void whiteout(TreePath path) {
    hidden.add(new Change.Whiteout(path));
  }

  @Override
  public void opaque(TreePath path) {
    hidden.add(new Change.Opaque(path));
  }

  ChangeSet changes() {
    ChangeSet made = puts.describedChanges();
    if (hidden.isEmpty()) {
      return made;
    }
    List<Change> all = new ArrayList<>(hidden);
    made.forEach(all::add);
    return ChangeSet.of(all);
  }
}
