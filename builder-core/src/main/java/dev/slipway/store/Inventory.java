package dev.slipway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is in the store at one moment, from its index files; no unpacked directory is looked into.
 */
record Inventory(List<Item> items) {
  private static final long BLOCK = 4096;

  /**
   * One entry.
   *
   * @param file the file that makes it exist
   * @param directory the short name of its directory; null if the file itself is the entry
   * @param size what deleting it frees, in whole blocks
   * @param lastUsed the file's modification time
   */
  record Item(
      EntryKind kind, Path file, @Nullable String directory, long size, FileTime lastUsed) {}

  /** A size as the disk accounts for it. */
  static long onDisk(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  static Inventory read(StoreSession session) {
    StoreLayout layout = session.layout;
    List<Item> items = new ArrayList<>();
    for (Path algorithm : Folder.list(layout.blobs)) {
      addFiles(items, EntryKind.BLOB, algorithm);
    }
    for (Path kind : Folder.list(layout.facts)) {
      for (Path shard : Folder.list(kind)) {
        addFiles(items, EntryKind.FACT, shard);
      }
    }
    addFiles(items, EntryKind.FACT, layout.memos);
    addFiles(items, EntryKind.WORKER, layout.worker);
    addFiles(items, EntryKind.TEMPORARY, layout.temporary);
    addDirectories(items, EntryKind.DIRECTORY, layout.directoryRecords);
    addDirectories(items, EntryKind.CACHE_MOUNT, layout.mounts);
    return new Inventory(items);
  }

  private static void addFiles(List<Item> items, EntryKind kind, Path folder) {
    for (Path file : Folder.list(folder)) {
      BasicFileAttributes attributes = attributes(file);
      if (attributes != null && attributes.isRegularFile()) {
        items.add(
            new Item(kind, file, null, onDisk(attributes.size()), attributes.lastModifiedTime()));
      }
    }
  }

  private static void addDirectories(List<Item> items, EntryKind kind, Path folder) {
    for (Path group : Folder.list(folder)) {
      for (Path file : Folder.list(group)) {
        BasicFileAttributes attributes = attributes(file);
        if (attributes == null || !attributes.isRegularFile()) {
          continue;
        }
        try {
          DirectoryRecord record = DirectoryRecord.read(file);
          String name = record == null ? null : record.shortName();
          long size = record == null ? BLOCK : onDisk(record.size());
          items.add(new Item(kind, file, name, size, attributes.lastModifiedTime()));
        } catch (IOException e) {
          throw StoreException.of("read", file, e);
        }
      }
    }
  }

  /** Null if the file has just gone. */
  static @Nullable BasicFileAttributes attributes(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw StoreException.of("read", file, e);
    }
  }

  Usage usage() {
    Map<EntryKind, Usage.Amount> amounts = new EnumMap<>(EntryKind.class);
    for (Item item : items) {
      amounts.merge(
          item.kind(), new Usage.Amount(1, item.size()), (one, other) -> one.plus(other.bytes()));
    }
    return new Usage(amounts);
  }
}
