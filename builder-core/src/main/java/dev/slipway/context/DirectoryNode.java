package dev.slipway.context;

import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A directory of the context as far as it is known. Its scan has the lock. */
final class DirectoryNode {
  final HostDirectory host;
  final String relativePath;
  final IgnoreFile.Verdict verdict;
  private final Metadata metadata;
  private final Map<byte[], Entry> entries = new TreeMap<>(Arrays::compareUnsigned);
  private final Map<byte[], DirectoryNode> directories = new TreeMap<>(Arrays::compareUnsigned);
  private boolean complete;
  private @Nullable Directory whole;

  /**
   * @param relativePath from the root of the context, as {@link IgnoreFile} sees it; empty for the
   *     root
   */
  DirectoryNode(
      HostDirectory host, String relativePath, IgnoreFile.Verdict verdict, Metadata metadata) {
    this.host = host;
    this.relativePath = relativePath;
    this.verdict = verdict;
    this.metadata = metadata;
  }

  @Nullable DirectoryNode directory(byte[] name) {
    return directories.get(name);
  }

  /** What is known under that name that is no directory. */
  @Nullable Entry entry(byte[] name) {
    if (!complete) {
      return entries.get(name);
    }
    Entry entry = whole == null ? null : whole.child(name);
    return entry instanceof Directory ? null : entry;
  }

  /** All names that are known. */
  List<byte[]> names() {
    List<byte[]> names = new ArrayList<>(directories.keySet());
    if (!complete) {
      names.addAll(entries.keySet());
    } else if (whole != null) {
      for (int i = 0; i < whole.size(); i++) {
        if (!(whole.childAt(i) instanceof Directory)) {
          names.add(whole.nameAt(i));
        }
      }
    }
    return names;
  }

  void add(byte[] name, DirectoryNode directory) {
    directories.put(name, directory);
  }

  void add(byte[] name, Entry entry) {
    entries.put(name, entry);
  }

  /** Whether all below is known, and {@link #asDirectory} final. */
  boolean isComplete() {
    return complete;
  }

  /** All below has been added. */
  void complete() {
    whole = assemble();
    complete = true;
    entries.clear();
  }

  /** What is known; null if the directory is ignored and holds nothing that is not. */
  @Nullable Directory asDirectory() {
    return complete ? whole : assemble();
  }

  private @Nullable Directory assemble() {
    Map<byte[], Entry> all = new TreeMap<>(Arrays::compareUnsigned);
    all.putAll(entries);
    directories.forEach(
        (name, node) -> {
          Directory directory = node.asDirectory();
          if (directory != null) {
            all.put(name, directory);
          }
        });
    if (all.isEmpty() && verdict.ignored()) {
      return null;
    }
    List<byte[]> names = new ArrayList<>(all.keySet());
    return Directory.of(
        metadata, Origin.NONE, names.toArray(byte[][]::new), all.values().toArray(Entry[]::new));
  }
}
