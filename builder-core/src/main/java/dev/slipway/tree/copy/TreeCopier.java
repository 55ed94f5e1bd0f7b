package dev.slipway.tree.copy;

import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.Xattrs;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies one source, with all below it if it is a directory. Hard links are kept among what one
 * copier copies.
 */
final class TreeCopier {
  private final FileTreeBuilder tree;
  private final CopyFlags flags;
  private final PathPatterns excludes;
  private final @Nullable PathPatterns includes;
  private final Map<Entry, RegularFile> linkedCopies = new IdentityHashMap<>();

  /** The directories on the way to what is being copied. */
  private final List<Level> levels = new ArrayList<>();

  private static final class Level {
    final Directory source;
    final TreePath target;
    boolean copied;

    Level(Directory source, TreePath target, boolean copied) {
      this.source = source;
      this.target = target;
      this.copied = copied;
    }
  }

  /**
   * @param includes what to copy of a directory, or null for all of it
   */
  TreeCopier(
      FileTreeBuilder tree,
      CopyFlags flags,
      PathPatterns excludes,
      @Nullable PathPatterns includes) {
    this.tree = tree;
    this.flags = flags;
    this.includes = includes;
    this.excludes = excludes;
  }

  /**
   * @param target where the file, or the contents of the directory, go
   */
  void copy(Entry source, TreePath target) {
    if (source instanceof Directory directory) {
      // It was made before, or existed: then it stays as it is.
      requireDirectory(target, tree.find(target));
      copyChildren(directory, target, true, verdictTop(includes), excludes.top());
    } else {
      copyFile(source, target.parent(), target.name());
    }
  }

  private static PathPatterns.@Nullable Verdict verdictTop(@Nullable PathPatterns patterns) {
    return patterns == null ? null : patterns.top();
  }

  private void copyChildren(
      Directory source,
      TreePath target,
      boolean copied,
      PathPatterns.@Nullable Verdict included,
      PathPatterns.Verdict excluded) {
    levels.add(new Level(source, target, copied));
    for (int i = 0; i < source.size(); i++) {
      byte[] name = source.nameAt(i);
      PathPatterns.Verdict childExcluded = excludes.isEmpty() ? excluded : excluded.of(name);
      PathPatterns.Verdict childIncluded = included == null ? null : included.of(name);
      boolean picked = !childExcluded.picked() && (childIncluded == null || childIncluded.picked());
      copyChild(source.childAt(i), target, name, picked, childIncluded, childExcluded);
    }
    levels.remove(levels.size() - 1);
  }

  private void copyChild(
      Entry source,
      TreePath parent,
      byte[] name,
      boolean picked,
      PathPatterns.@Nullable Verdict included,
      PathPatterns.Verdict excluded) {
    if (picked) {
      copyDirectoriesAbove();
    }
    if (!(source instanceof Directory directory)) {
      if (picked) {
        copyFile(source, parent, name);
      }
      return;
    }
    TreePath target = parent.child(name);
    if (picked) {
      copyDirectory(directory, target);
    }
    boolean descend =
        picked
            || (!excluded.picked() || excludes.hasExceptions())
                && (included == null || included.mayPickBelow());
    if (descend) {
      copyChildren(directory, target, picked, included, excluded);
    }
  }

  /** Directories that no pattern picked are copied once something in them is. */
  private void copyDirectoriesAbove() {
    for (Level level : levels) {
      if (!level.copied) {
        level.copied = true;
        Entry existing = tree.find(level.target);
        if (existing == null) {
          copyDirectory(level.source, level.target);
        } else {
          Metadata kept = requireDirectory(level.target, existing).metadata();
          tree.put(
              level.target, existing.withMetadata(kept.withMode(level.source.metadata().mode())));
        }
      }
    }
  }

  private void copyDirectory(Directory source, TreePath target) {
    Metadata metadata = metadataOf(source);
    Entry existing = tree.find(target);
    if (existing != null) {
      Metadata replaced = requireDirectory(target, existing).metadata();
      metadata = metadata.withXattrs(merge(replaced.xattrs(), metadata.xattrs()));
    }
    tree.put(target, new Directory(metadata, originOf(source)));
  }

  private static Xattrs merge(Xattrs lower, Xattrs upper) {
    if (lower.isEmpty() || lower.equals(upper)) {
      return upper;
    }
    Map<String, byte[]> merged = lower.toMap();
    merged.putAll(upper.toMap());
    return Xattrs.of(merged);
  }

  private static Directory requireDirectory(TreePath target, @Nullable Entry existing) {
    if (existing instanceof Directory directory) {
      return directory;
    }
    throw new CopyException(
        "cannot copy a directory to \"" + target + "\", which is not a directory");
  }

  private void copyFile(Entry source, TreePath parent, byte[] name) {
    if (tree.find(parent, name) instanceof Directory) {
      throw new CopyException(
          "cannot replace the directory \"" + parent.child(name) + "\" with a file");
    }
    tree.put(parent, name, copyOf(source));
  }

  private Entry copyOf(Entry source) {
    if (source instanceof RegularFile file) {
      return file.linked()
          ? linkedCopies.computeIfAbsent(source, unused -> copyOfFile(file))
          : copyOfFile(file);
    }
    Entry copy = source.withMetadata(metadataOf(source)).withOrigin(originOf(source));
    if (copy instanceof Symlink link) {
      return link.linked() ? link.withLinked(false) : link;
    }
    return copy instanceof Device device && device.linked() ? device.withLinked(false) : copy;
  }

  private RegularFile copyOfFile(RegularFile file) {
    Metadata metadata = metadataOf(file);
    Origin origin = originOf(file);
    if (!file.linked() && metadata == file.metadata() && origin.equals(file.origin())) {
      return file;
    }
    return new RegularFile(metadata, origin, file.size(), file.content(), file.linked());
  }

  private Metadata metadataOf(Entry source) {
    Metadata metadata = source.metadata();
    Ownership owner = flags.owner();
    if (owner != null) {
      metadata = metadata.withOwner(owner.uid(), owner.gid());
    }
    ModeChange change = flags.mode();
    if (change != null && !(source instanceof Symlink)) {
      int mode = change.apply(metadata.mode(), source instanceof Directory);
      metadata = metadata.withMode(mode);
    }
    return metadata;
  }

  private Origin originOf(Entry source) {
    return source.origin().equals(Origin.NONE) ? flags.origin() : source.origin();
  }
}
