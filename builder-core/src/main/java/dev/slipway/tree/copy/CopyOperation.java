package dev.slipway.tree.copy;

import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.glob.Glob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One COPY or ADD line: its sources are given one by one, in the order of the line. What each does
 * is what BuildKit does, but for two things that are as documented instead: several files for one
 * name are refused, and {@code --exclude} applies to files that are named or matched themselves.
 */
public final class CopyOperation {
  private static final ArchiveOpener NO_ARCHIVES = file -> null;

  private final FileTreeBuilder tree;
  private final CopyFlags flags;
  private final CopyDestination destination;
  private final List<String> unmatched = new ArrayList<>();

  private final PathPatterns excludes;

  /** Whether a file took the destination's name. */
  private boolean hasRenamedFile;

  /**
   * @param destination what is below the line; not looked at with {@link CopyFlags#link}
   */
  public CopyOperation(FileTree destination, CopyFlags flags) {
    // BuildKit does not link where it also changes modes.
    boolean link = flags.link() && flags.mode() == null;
    this.tree = new FileTreeBuilder(link ? FileTree.EMPTY : destination);
    this.flags = flags;
    this.destination = new CopyDestination(tree, flags);
    this.excludes = new PathPatterns(flags.excludes());
  }

  /**
   * Copies a path or wildcard of a context or stage.
   *
   * @throws SourceNotFoundException if a path without wildcard does not exist
   * @throws CopyException if a directory and a file meet
   */
  public void copy(FileTree source, String path) {
    add(source, path, NO_ARCHIVES);
  }

  /** As {@link #copy}, but files that are archives are unpacked instead. */
  public void add(FileTree source, String path, ArchiveOpener archives) {
    if (flags.parents()) {
      copyWithParents(source, path, archives);
      return;
    }
    List<SourceMatches.Match> matches = SourceMatches.of(source, path);
    if (matches.isEmpty()) {
      unmatched.add(path);
    }
    for (SourceMatches.Match match : matches) {
      boolean named = match.byWildcard() || !(match.entry() instanceof Directory);
      if (!named || !excludes.top().of(match.path().name()).picked()) {
        copyMatch(match, archives, null);
      } else if (match.entry() instanceof Directory) {
        // It brings nothing; BuildKit has made the destination for it all the same.
        destination.prepareFor(match.entry(), match.path().name());
      }
    }
  }

  private void copyMatch(
      SourceMatches.Match match, ArchiveOpener archives, @Nullable PathPatterns includes) {
    ChangeSet archive = match.entry() instanceof RegularFile file ? archives.open(file) : null;
    if (archive != null) {
      unpack(archive);
    } else {
      place(match.entry(), match.path().name(), includes);
    }
  }

  private void place(Entry entry, byte[] name, @Nullable PathPatterns includes) {
    CopyDestination.Target target = destination.prepareFor(entry, name);
    if (target.renamed()) {
      refuseSecondFile(target.path());
    }
    new TreeCopier(tree, flags, excludes, includes).copy(entry, target.path());
  }

  /** BuildKit would let the last file win; the docs want a directory with a slash at its end. */
  private void refuseSecondFile(TreePath target) {
    if (hasRenamedFile) {
      throw new CopyException(
          "cannot copy several files to \"" + target + "\", which is not a directory",
          "when there is more than one source, end the destination with /");
    }
    hasRenamedFile = true;
  }

  private void copyWithParents(FileTree source, String path, ArchiveOpener archives) {
    int pivot = path.indexOf("/./");
    String start = pivot < 0 ? "/" : path.substring(0, pivot);
    String pattern = TreePath.of(pivot < 0 ? path : path.substring(pivot + 3)).toString();
    if (!Glob.hasWildcards(start) && !Glob.hasWildcards(pattern)) {
      SourceMatches.of(source, start + pattern);
      if (leadsOverLink(source, start, pattern)) {
        unmatched.add(path);
      }
    }
    // The whole of the directory is what nobody could write as a pattern.
    PathPatterns includes =
        pattern.equals("/") ? null : new PathPatterns(List.of(pattern.substring(1)));
    List<SourceMatches.Match> matches = SourceMatches.of(source, start);
    if (matches.isEmpty()) {
      unmatched.add(path);
    }
    for (SourceMatches.Match match : matches) {
      copyMatch(match, archives, includes);
    }
  }

  /** Directories are kept as they are written, and no pattern looks behind a link. */
  private static boolean leadsOverLink(FileTree source, String start, String pattern) {
    TreePath written = source.resolve(TreePath.of(start), FollowLast.YES).path();
    for (byte[] name : TreePath.of(pattern).components()) {
      written = written.child(name);
    }
    return !source.resolve(written, FollowLast.NO).path().equals(written);
  }

  /** Copies a file that has a name but is in no tree: a heredoc, or what a URL gave. */
  public void copyFile(String name, RegularFile file) {
    place(file, TreePath.of(name).name(), null);
  }

  /** Unpacks an archive that is in no tree, as {@code ADD --unpack} of a URL. */
  public void unpack(ChangeSet archive) {
    TreePath root = destination.makeDirectory();
    new ArchiveUnpacker(tree, flags, root).unpack(archive);
  }

  /** The destination as it is now; for a linked copy, without what is below. */
  public FileTree tree() {
    return tree.build();
  }

  /** What came of it. */
  public CopyResult result() {
    return new CopyResult(tree.changes(), unmatched);
  }
}
