package dev.slipway.it;

import dev.slipway.linux.ExtendedAttributes;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileContent;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.Xattrs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A directory of this machine as a tree, with names that are plain text. */
final class HostTree {
  private static final String CAPABILITY = "security.capability";

  /** {@code S_IFREG} without the mode's other bits. */
  private static final int REGULAR = 010;

  private final Predicate<Path> wanted;

  private HostTree(Predicate<Path> wanted) {
    this.wanted = wanted;
  }

  /** All of {@code root} that is wanted; what cannot be read is left out. */
  static FileTree read(Path root, Predicate<Path> wanted) {
    return new FileTree(new HostTree(wanted).directory(root));
  }

  private Directory directory(Path path) {
    Map<byte[], Entry> children = new TreeMap<>(Arrays::compareUnsigned);
    try (Stream<Path> list = Files.list(path)) {
      for (Path child : (Iterable<Path>) list.filter(wanted)::iterator) {
        Entry entry = entry(child);
        if (entry != null) {
          children.put(child.getFileName().toString().getBytes(StandardCharsets.UTF_8), entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Directory.of(
        metadata(path),
        Origin.NONE,
        children.keySet().toArray(new byte[0][]),
        children.values().toArray(new Entry[0]));
  }

  private Entry entry(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return new Symlink(metadata(path), Origin.NONE, Files.readSymbolicLink(path).toString());
    }
    if (Files.isDirectory(path)) {
      return Files.isReadable(path) ? directory(path) : null;
    }
    return Files.isRegularFile(path)
        ? new RegularFile(metadata(path), Origin.NONE, FileContent.of(path))
        : null;
  }

  private static Metadata metadata(Path path) {
    try {
      Map<String, Object> unix =
          Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
      return new Metadata(
          (int) unix.get("mode") & 07777,
          (int) unix.get("uid"),
          (int) unix.get("gid"),
          0,
          0,
          (int) unix.get("mode") >> 12 == REGULAR ? attributes(path) : Xattrs.EMPTY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Xattrs attributes(Path path) throws IOException {
    byte[] value =
        ExtendedAttributes.get(path.toString().getBytes(StandardCharsets.UTF_8), CAPABILITY);
    return value == null ? Xattrs.EMPTY : Xattrs.of(Map.of(CAPABILITY, value));
  }

  /** What a program may need of a Debian system, so that not all of it has to be listed. */
  static FileTree debian() {
    List<String> parts =
        List.of("/bin", "/sbin", "/lib", "/lib64", "/lib32", "/libx32", "/usr", "/etc");
    return read(
        Path.of("/"),
        path -> {
          String text = path.toString();
          if (text.startsWith("/etc/")) {
            return text.startsWith("/etc/ld")
                || text.equals("/etc/alternatives")
                || text.startsWith("/etc/alternatives/");
          }
          return parts.contains(text)
              || text.startsWith("/usr/")
                  && !text.startsWith("/usr/share")
                  && !text.startsWith("/usr/src");
        });
  }
}
