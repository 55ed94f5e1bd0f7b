package dev.slipway.export.directory;

import dev.slipway.progress.Cancellation;
import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.HostNames;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Writes a tree below a directory, over what is there. Every directory on the way down was made or
 * looked at by this very pass, and links are replaced, never followed: an image, or an earlier one
 * that was written to the same place, cannot make it write elsewhere. Files belong to whoever runs
 * it. Not thread-safe.
 */
final class TreeWriter {
  private static final int BUFFER = 256 << 10;

  private final Cancellation cancellation;
  private final LongConsumer progress;
  private final List<String> notices = new ArrayList<>();
  private final Map<Entry, Path> firstNames = new IdentityHashMap<>();
  private final NamedPipes pipes = new NamedPipes();
  private final byte[] buffer = new byte[BUFFER];
  private final boolean unix;
  private long done;

  /**
   * @param progress hears the bytes written up to now
   */
  TreeWriter(Path destination, LongConsumer progress, Cancellation cancellation) {
    this.unix = destination.getFileSystem().supportedFileAttributeViews().contains("unix");
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /** What could not be written as it is in the tree. */
  List<String> notices() {
    return notices;
  }

  /**
   * @param directory absolute; exists; it keeps its own mode and time
   */
  void write(Directory tree, Path directory) throws IOException {
    writeChildren(tree, TreePath.ROOT, directory);
  }

  private void writeChildren(Directory tree, TreePath path, Path host) throws IOException {
    for (int i = 0; i < tree.size(); i++) {
      cancellation.check();
      byte[] name = tree.nameAt(i);
      writeEntry(tree.childAt(i), path.child(name), child(host, name));
    }
    makePipes();
  }

  private void makePipes() throws IOException {
    for (NamedPipes.Pipe pipe : pipes.make()) {
      skip("fifo", pipe.path());
    }
  }

  private static Path child(Path directory, byte[] name) throws IOException {
    Path child = HostNames.resolve(directory, name);
    if (!directory.equals(child.getParent())) {
      throw new IOException(
          "\"" + new String(name, StandardCharsets.UTF_8) + "\" cannot be a file's name here");
    }
    return child;
  }

  private void writeEntry(Entry entry, TreePath path, Path host) throws IOException {
    if (entry instanceof Directory directory) {
      writeDirectory(directory, path, host);
      return;
    }
    remove(host);
    if (entry.linked()) {
      Path first = firstNames.putIfAbsent(entry, host);
      if (first != null) {
        linkTo(first, host);
        return;
      }
    }
    if (entry instanceof RegularFile file) {
      writeFile(file, path, host);
    } else if (entry instanceof Symlink link) {
      writeSymlink(link, path, host);
    } else if (entry instanceof Device device) {
      writeDevice(device, path, host);
    }
  }

  private void writeDevice(Device device, TreePath path, Path host) {
    switch (device.type()) {
      case FIFO -> pipes.add(new NamedPipes.Pipe(host, path, device.metadata()));
      case CHARACTER -> skip("character device", path);
      case BLOCK -> skip("block device", path);
    }
  }

  private void skip(String kind, TreePath path) {
    notices.add(
        "skipped the "
            + kind
            + " "
            + path
            + ": only files, directories, links and pipes are written");
  }

  private void linkTo(Path first, Path host) throws IOException {
    makePipes(); // the first may be one of them
    if (Files.exists(first, LinkOption.NOFOLLOW_LINKS)) {
      Files.createLink(host, first);
    }
  }

  private void writeDirectory(Directory directory, TreePath path, Path host) throws IOException {
    if (!Files.isDirectory(host, LinkOption.NOFOLLOW_LINKS)) {
      remove(host);
      Files.createDirectory(host);
    }
    // Whatever its mode will be, it must be written to first.
    setMode(host, 0700);
    writeChildren(directory, path, host);
    setTime(host, directory.metadata());
    setMode(host, directory.metadata().mode());
  }

  private void writeFile(RegularFile file, TreePath path, Path host) throws IOException {
    long left = file.size();
    try (InputStream in = file.content().open();
        OutputStream out =
            Files.newOutputStream(
                host,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
      for (int count; (count = in.read(buffer)) >= 0; ) {
        cancellation.check();
        out.write(buffer, 0, count);
        left -= count;
        done += count;
        progress.accept(done);
      }
    }
    if (left != 0) {
      throw new FileSystemException(
          path.toString(), null, "its content does not have " + file.size() + " bytes");
    }
    // The time first: Java opens the file for that, which its mode may forbid.
    setTime(host, file.metadata());
    setMode(host, file.metadata().mode());
  }

  private void writeSymlink(Symlink link, TreePath path, Path host) throws IOException {
    if (link.target().length == 0) {
      notices.add("skipped the link " + path + ": it has no target");
      return;
    }
    Files.createSymbolicLink(host, HostNames.target(link.target()));
    setTime(host, link.metadata());
  }

  private void setMode(Path host, int mode) throws IOException {
    if (unix) {
      // Nobody else is at this path: it was made by this pass, or is a directory that was looked
      // at.
      Files.setAttribute(host, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
    }
  }

  static void setTime(Path host, Metadata metadata) throws IOException {
    FileTime time =
        FileTime.from(Instant.ofEpochSecond(metadata.mtimeSeconds(), metadata.mtimeNanos()));
    Files.getFileAttributeView(host, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(time, null, null);
  }

  /** Whatever is there, with all below it; links are removed, not followed. */
  static void remove(Path host) throws IOException {
    if (Files.isDirectory(host, LinkOption.NOFOLLOW_LINKS)) {
      if (host.getFileSystem().supportedFileAttributeViews().contains("unix")) {
        Files.setAttribute(host, "unix:mode", 0700, LinkOption.NOFOLLOW_LINKS);
      }
      try (DirectoryStream<Path> children = Files.newDirectoryStream(host)) {
        for (Path child : children) {
          remove(child);
        }
      }
    }
    Files.deleteIfExists(host);
  }
}
