package dev.slipway.tree.copy;

import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.Resolution;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.glob.Glob;
import dev.slipway.tree.glob.PathText;
import java.util.ArrayList;
import java.util.List;

/** Finds what a source word means in a tree: one thing, or those that its wildcards match. */
final class SourceMatches {
  /**
   * @param path as it was found, before a link at its end is followed; its name is the copy's
   * @param entry what is there, links followed
   * @param byWildcard whether a wildcard picked it
   */
  record Match(TreePath path, Entry entry, boolean byWildcard) {}

  private final FileTree tree;
  private final List<Match> matches = new ArrayList<>();

  private SourceMatches(FileTree tree) {
    this.tree = tree;
  }

  /**
   * In path order; none if a wildcard matches nothing.
   *
   * @throws SourceNotFoundException if what is named without a wildcard is not there
   */
  static List<Match> of(FileTree tree, String word) {
    SourceMatches search = new SourceMatches(tree);
    List<byte[]> components = TreePath.of(word).components();
    int first = firstWildcard(components);
    TreePath literal = TreePath.ROOT;
    for (byte[] name : components.subList(0, first)) {
      literal = literal.child(name);
    }
    if (first == components.size()) {
      search.add(literal, false);
    } else {
      search.walk(literal, components.subList(first, components.size()));
    }
    return search.matches;
  }

  private static int firstWildcard(List<byte[]> components) {
    for (int i = 0; i < components.size(); i++) {
      if (Glob.hasWildcards(text(components.get(i)))) {
        return i;
      }
    }
    return components.size();
  }

  private static String text(byte[] name) {
    return PathText.decode(name);
  }

  private static Glob glob(String pattern) {
    try {
      return Glob.compile(pattern, Glob.Stars.WITHIN_A_NAME);
    } catch (IllegalArgumentException e) {
      throw CopyException.malformedPattern(pattern, e);
    }
  }

  private void add(TreePath path, boolean byWildcard) {
    Entry entry = tree.resolve(path, FollowLast.YES).found();
    if (entry == null) {
      throw new SourceNotFoundException(path, NearNames.of(tree, path));
    }
    matches.add(new Match(path, entry, byWildcard));
  }

  private void walk(TreePath start, List<byte[]> patterns) {
    Resolution resolution = tree.resolve(start, FollowLast.YES);
    if (!resolution.exists()) {
      throw new SourceNotFoundException(start, NearNames.of(tree, start));
    }
    List<Glob> globs = new ArrayList<>();
    for (byte[] pattern : patterns) {
      globs.add(glob(text(pattern)));
    }
    if (resolution.entry() instanceof Directory directory) {
      walk(resolution.path(), directory, globs);
    }
  }

  /** Directories only: no link is followed between wildcards. */
  private void walk(TreePath path, Directory directory, List<Glob> globs) {
    Glob glob = globs.get(0);
    for (int i = 0; i < directory.size(); i++) {
      byte[] name = directory.nameAt(i);
      if (!glob.matches(text(name))) {
        continue;
      }
      if (globs.size() == 1) {
        add(path.child(name), true);
      } else if (directory.childAt(i) instanceof Directory child) {
        walk(path.child(name), child, globs.subList(1, globs.size()));
      }
    }
  }
}
