package dev.slipway.tree.copy;

import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Resolution;
import dev.slipway.tree.TreePath;

/** Where things are copied to: a path of a tree under edit, in which links are followed. */
final class CopyDestination {
  private static final int DEFAULT_MODE = 0755;
  private static final int SETGID = 02000;

  private final FileTreeBuilder tree;
  private final CopyFlags flags;
  private final TreePath path;
  private final boolean directory;

  /**
   * @param renamed whether a file takes the destination's name and not its own
   */
  record Target(TreePath path, boolean renamed) {}

  CopyDestination(FileTreeBuilder tree, CopyFlags flags) {
    this.tree = tree;
    this.flags = flags;
    String text = flags.destination();
    boolean absolute = text.startsWith("/");
    this.path = TreePath.of(absolute ? text : flags.workingDirectory() + "/" + text);
    this.directory =
        text.isEmpty() || text.equals(".") || text.endsWith("/") || text.endsWith("/.");
  }

  /**
   * Makes the directories that a source needs, and says where it goes.
   *
   * @param name the name of a file's copy, if the destination is a directory
   */
  Target prepareFor(Entry source, byte[] name) {
    int mode = flags.mode() == null ? DEFAULT_MODE : flags.mode().directoryMode();
    makeDirectories(directory ? path : path.parent(), mode);
    TreePath real = tree.resolve(path, FollowLast.YES).target();
    Entry existing = tree.find(real);
    boolean contents = source instanceof Directory;
    boolean inside = !contents && existing instanceof Directory;
    if (inside) {
      real = real.child(name);
    }
    makeDirectories(contents && existing == null ? real : real.parent(), mode);
    return new Target(real, !contents && !inside);
  }

  /** Makes the destination a directory, whatever its spelling, and gives its real path. */
  TreePath makeDirectory() {
    return makeDirectories(path, DEFAULT_MODE);
  }

  /** The real path of the directory, which is made with those above it where it is missing. */
  private TreePath makeDirectories(TreePath wanted, int mode) {
    Resolution resolution = tree.resolve(wanted, FollowLast.YES);
    if (!(resolution.entry() instanceof Directory)) {
      throw new CopyException(
          "cannot make the directory \""
              + wanted
              + "\": \""
              + resolution.path()
              + "\" is not a directory");
    }
    TreePath made = resolution.path();
    Metadata above = resolution.entry().metadata();
    for (byte[] name : resolution.missing().components()) {
      made = made.child(name);
      above = metadataOfMade(above, mode);
      tree.put(made, new Directory(above, flags.origin()));
    }
    return made;
  }

  /** As mkdir(2) does: below a setgid directory it is one too. */
  private Metadata metadataOfMade(Metadata above, int mode) {
    Ownership given = flags.owner();
    Ownership owner = given == null ? new Ownership(0, groupOfMade(above)) : given;
    return Metadata.of(mode | above.mode() & SETGID, flags.createdSeconds())
        .withOwner(owner.uid(), owner.gid());
  }

  /** The group of what is made in a directory, where none is said: that of a setgid directory. */
  static int groupOfMade(Metadata above) {
    return (above.mode() & SETGID) == 0 ? 0 : above.gid();
  }
}
