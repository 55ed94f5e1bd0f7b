package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Resolution;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreeException;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.TreeView;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The files of an image as a process sees them. */
final class ImageFiles {
  private final TreeView tree;
  private final Identity identity;
  private final TreePath workingDirectory;
  private final Predicate<RegularFile> atHand;

  /**
   * @param atHand whether the content of a file costs little to read; of others only the place
   *     counts
   */
  ImageFiles(
      TreeView tree, Identity identity, TreePath workingDirectory, Predicate<RegularFile> atHand) {
    this.atHand = atHand;
    this.tree = tree;
    this.identity = identity;
    this.workingDirectory = workingDirectory;
  }

  boolean isAtHand(RegularFile file) {
    return atHand.test(file);
  }

  /** The same as another process sees them. */
  ImageFiles as(Identity other) {
    return new ImageFiles(tree, other, workingDirectory, atHand);
  }

  /** The same as a process in another directory sees them. */
  ImageFiles in(TreePath directory) {
    return new ImageFiles(tree, identity, directory, atHand);
  }

  Identity identity() {
    return identity;
  }

  /**
   * A regular file.
   *
   * @param path the real one, without links
   */
  record Found(TreePath path, RegularFile file) {}

  /** The path of a name, seen from the working directory where it is relative. */
  TreePath absolute(String name) {
    return name.startsWith("/") ? TreePath.of(name) : TreePath.of(workingDirectory + "/" + name);
  }

  /** Where a file that is written to the path comes to lie: links are followed. */
  TreePath place(String name) {
    return resolve(name).map(Resolution::target).orElse(absolute(name));
  }

  /** The path as it is to be written to: a link that leads nowhere is no place for a file. */
  String destination(String name) {
    TreePath written = absolute(name);
    boolean link =
        !written.isRoot()
            && tree.find(place(written.parent().toString()).child(written.name()))
                instanceof Symlink;
    return (link ? place(name) : written).toString();
  }

  /** What is at the path, links followed, whatever it is and whoever may get there. */
  @Nullable Entry entry(String name) {
    return walk(name, null).map(PathWalk.Reached::entry).orElse(null);
  }

  /** The regular file at the path, links followed, if the process can get there. */
  Optional<Found> file(String name) {
    Optional<PathWalk.Reached> reached = walk(name, identity);
    return reached.isPresent() && reached.get().entry() instanceof RegularFile file
        ? Optional.of(new Found(reached.get().path(), file))
        : Optional.empty();
  }

  /** The process is in its working directory already: links on the way there do not count. */
  private Optional<PathWalk.Reached> walk(String name, @Nullable Identity walker) {
    TreePath start = TreePath.ROOT;
    if (!name.startsWith("/")) {
      Optional<PathWalk.Reached> directory =
          new PathWalk(tree, null, TreePath.ROOT).walk("/" + workingDirectory);
      if (directory.isEmpty()) {
        return Optional.empty();
      }
      start = directory.get().path();
    }
    return new PathWalk(tree, walker, start).walk(name);
  }

  /** Whether a directory can be made there, and those above it. */
  boolean canBeMade(String directory) {
    for (TreePath at = absolute(directory); !at.isRoot(); at = at.parent()) {
      Optional<Resolution> resolution = resolve(at.toString());
      if (resolution.isEmpty()) {
        return false;
      }
      if (resolution.get().exists()) {
        return isDirectory(at.toString());
      }
    }
    return true;
  }

  private Optional<Resolution> resolve(String name) {
    String written = name.startsWith("/") ? name : workingDirectory + "/" + name;
    try {
      return Optional.of(tree.resolve(TreePath.of(written), FollowLast.YES));
    } catch (TreeException e) {
      return Optional.empty(); // links in a circle lead nowhere
    }
  }

  boolean isDirectory(String name) {
    return entry(name) instanceof Directory;
  }

  static byte[] start(RegularFile file, int length) {
    try (InputStream in = file.content().open()) {
      return in.readNBytes(length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static @Nullable ElfFile elf(RegularFile file) {
    try (ContentBytes bytes = new ContentBytes(file.content())) {
      return ElfFile.read(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
