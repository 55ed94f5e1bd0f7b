package dev.slipway.context;

import dev.slipway.tree.Content;
import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Says by one SHA-256 what a copy would bring: names, kinds, modes, owners, sizes, contents, link
 * targets, extended attributes, device numbers and which files are linked; times are left out, so
 * that a file that was only touched gives the same digest.
 */
public final class ContentDigest {
  private final MessageDigest sha256 = FileHashes.sha256();
  private final FileHashes hashes;
  private final Map<Entry, Integer> linked = new IdentityHashMap<>();

  private ContentDigest(FileHashes hashes) {
    this.hashes = hashes;
  }

  /**
   * @param paths what is copied, in the order of the copy, symbolic links followed; the last name
   *     of each counts, and all below it, not the way to it
   * @param executor reads files whose digests are not known; the calling thread helps
   * @return lower-case hexadecimal
   * @throws ContextException if a path is not there or content cannot be read
   */
  public static String of(FileTree tree, Collection<TreePath> paths, Executor executor) {
    List<Entry> entries = new ArrayList<>(paths.size());
    List<Content> contents = new ArrayList<>();
    for (TreePath path : paths) {
      Entry entry = tree.find(path);
      if (entry == null) {
        throw new ContextException("\"" + path + "\" not found");
      }
      entries.add(entry);
      collect(entry, contents);
    }
    ContentDigest digest = new ContentDigest(FileHashes.of(contents, executor));
    int i = 0;
    for (TreePath path : paths) {
      digest.put(path.name());
      digest.put(entries.get(i++));
    }
    return HexFormat.of().formatHex(digest.sha256.digest());
  }

  /**
   * Of one entry and all below it, without a name for itself.
   *
   * @throws ContextException if content cannot be read
   */
  public static String of(Entry entry, Executor executor) {
    List<Content> contents = new ArrayList<>();
    collect(entry, contents);
    ContentDigest digest = new ContentDigest(FileHashes.of(contents, executor));
    digest.put(entry);
    return HexFormat.of().formatHex(digest.sha256.digest());
  }

  private static void collect(Entry entry, List<Content> contents) {
    if (entry instanceof RegularFile file) {
      contents.add(file.content());
    } else if (entry instanceof Directory directory) {
      for (int i = 0; i < directory.size(); i++) {
        collect(directory.childAt(i), contents);
      }
    }
  }

  private void put(Entry entry) {
    put(entry.kind().ordinal());
    if (entry.linked()) {
      Integer first = linked.putIfAbsent(entry, linked.size());
      put(first == null ? -1 : first);
      if (first != null) {
        return;
      }
    }
    put(entry.metadata());
    if (entry instanceof RegularFile file) {
      put(file.size());
      put(hashes.of(file.content()));
    } else if (entry instanceof Symlink link) {
      put(link.target());
    } else if (entry instanceof Device device) {
      put(device.type().ordinal());
      put(device.major());
      put(device.minor());
    } else if (entry instanceof Directory directory) {
      put(directory.size());
      for (int i = 0; i < directory.size(); i++) {
        put(directory.nameAt(i));
        put(directory.childAt(i));
      }
    }
  }

  private void put(Metadata metadata) {
    put(metadata.mode());
    put(metadata.uid());
    put(metadata.gid());
    put(metadata.xattrs().size());
    if (!metadata.xattrs().isEmpty()) {
      metadata
          .xattrs()
          .toMap()
          .forEach(
              (name, value) -> {
                put(name.getBytes(StandardCharsets.UTF_8));
                put(value);
              });
    }
  }

  private void put(byte[] bytes) {
    put(bytes.length);
    sha256.update(bytes);
  }

  private void put(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      sha256.update((byte) (value >> shift));
    }
  }
}
