package dev.slipway.context;

import dev.slipway.layer.WhiteoutNames;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.HostNames;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.glob.PathText;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads directories of the host into a tree: each file is looked at once, whole ignored directories
 * not at all. Not thread-safe.
 */
final class DirectoryScan {
  private record Inode(long device, long number) {}

  /** A context begins as an empty directory, whoever may enter the one of the host. */
  private static final Metadata ROOT = Metadata.of(0755, 0);

  private final OpenFolders folders = new OpenFolders();
  private final Map<Inode, Entry> linked = new HashMap<>();
  private final DirectoryNode root;

  DirectoryScan(Path root, IgnoreFile ignore, FileDigests digests) throws IOException {
    HostDirectory host = HostDirectory.root(root, digests, folders);
    this.root = new DirectoryNode(host, "", ignore.top(), ROOT);
  }

  DirectoryNode root() {
    return root;
  }

  FileTree tree() {
    Directory known = root.asDirectory();
    return known == null ? FileTree.EMPTY : new FileTree(known);
  }

  /** Ends the reading of files. */
  void close() {
    folders.close();
  }

  /** Reads all below. */
  void readWhole(DirectoryNode node) {
    if (node.isComplete()) {
      return;
    }
    for (Path path : list(node)) {
      byte[] name = HostNames.nameOf(path);
      look(node, path, name);
      if (WhiteoutNames.isWhiteout(name) && node.entry(name) != null) {
        throw ContextException.whiteout(node.relativePath + "/" + path.getFileName());
      }
      DirectoryNode directory = node.directory(name);
      if (directory != null) {
        readWhole(directory);
      }
    }
    node.complete();
  }

  /** Reads what the directory itself holds. */
  void readNames(DirectoryNode node) {
    if (!node.isComplete()) {
      for (Path path : list(node)) {
        look(node, path, HostNames.nameOf(path));
      }
    }
  }

  /** Reads one name, which need not exist. */
  void readName(DirectoryNode node, byte[] name) {
    if (!node.isComplete()) {
      look(node, HostNames.resolve(node.host.path(), name), name);
    }
  }

  private static List<Path> list(DirectoryNode node) {
    try {
      return node.host.list();
    } catch (DirectoryIteratorException e) {
      throw ContextException.unreadable(node.host.path(), new IOException(e.getMessage(), e));
    } catch (IOException e) {
      if (!(e instanceof NoSuchFileException) && !node.verdict.ignored()) {
        throw ContextException.unreadable(node.host.path(), e);
      }
      return List.of();
    }
  }

  private void look(DirectoryNode parent, Path path, byte[] name) {
    if (parent.entry(name) != null || parent.directory(name) != null) {
      return;
    }
    IgnoreFile.Verdict verdict = parent.verdict;
    String relative = parent.relativePath;
    if (!verdict.ignoresNothing()) {
      String text = PathText.decode(name);
      relative = relative.isEmpty() ? text : relative + "/" + text;
      verdict = verdict.of(relative);
      if (verdict.ignored() && !verdict.mayKeepBelow()) {
        return;
      }
    }
    try {
      HostStat stat = HostStat.of(path);
      if (stat.type() == HostStat.DIRECTORY) {
        HostDirectory host = parent.host.child(path);
        parent.add(name, new DirectoryNode(host, relative, verdict, stat.metadata()));
      } else if (!verdict.ignored()) {
        parent.add(name, entry(parent.host, path, name, stat));
      }
    } catch (NoSuchFileException e) {
      // It went away since the directory was listed, or was only asked for.
    } catch (IOException e) {
      throw ContextException.unreadable(path, e);
    }
  }

  private Entry entry(HostDirectory directory, Path path, byte[] name, HostStat stat)
      throws IOException {
    if (stat.links() < 2) {
      return newEntry(directory, path, name, stat, false);
    }
    Inode inode = new Inode(stat.device(), stat.inode());
    Entry known = linked.get(inode);
    if (known == null) {
      known = newEntry(directory, path, name, stat, true);
      linked.put(inode, known);
    }
    return known;
  }

  private static Entry newEntry(
      HostDirectory directory, Path path, byte[] name, HostStat stat, boolean linked)
      throws IOException {
    return switch (stat.type()) {
      case HostStat.REGULAR ->
          new RegularFile(
              stat.metadata(),
              Origin.NONE,
              stat.size(),
              new HostFileContent(directory, name, stat),
              linked);
      case HostStat.SYMLINK ->
          new Symlink(
              stat.metadata(),
              Origin.NONE,
              HostNames.targetOf(Files.readSymbolicLink(path)),
              linked);
      case HostStat.FIFO ->
          new Device(stat.metadata(), Origin.NONE, Device.Type.FIFO, 0, 0, linked);
      case HostStat.CHARACTER -> device(stat, Device.Type.CHARACTER, linked);
      case HostStat.BLOCK -> device(stat, Device.Type.BLOCK, linked);
      // A socket means nothing once its server is gone.
      default -> new RegularFile(stat.metadata(), Origin.NONE, 0, BytesContent.EMPTY, linked);
    };
  }

  private static Device device(HostStat stat, Device.Type type, boolean linked) {
    return new Device(stat.metadata(), Origin.NONE, type, stat.major(), stat.minor(), linked);
  }
}
