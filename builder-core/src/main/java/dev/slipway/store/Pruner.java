package dev.slipway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One prune. Entries go in batches under the exclusive lock of entries, each looked at again there:
 * a build that marks an entry as used either comes before, and is seen, or after, and sees the
 * entry gone.
 */
final class Pruner {
  // A build waits at most for one batch of deletions.
  private static final int BATCH = 64;

  // A tree is small and saves reading a layer again: it outlives blobs that were used with it.
  private static final long FACT_GRACE_MILLIS = Duration.ofDays(30).toMillis();

  private final StoreSession session;
  private final DirectoryRemover remover;
  private final DirectoryAllocator allocator;
  private final Map<EntryKind, Usage.Amount> removed = new EnumMap<>(EntryKind.class);
  private int failures;

  Pruner(StoreSession session, DirectoryRemover remover) {
    this.session = session;
    this.remover = remover;
    this.allocator = new DirectoryAllocator(session);
  }

  PruneResult prune(PrunePolicy policy) {
    session.locks.lock(StoreLocks.PRUNE, false);
    try {
      // Before anything is read, so that what builds add from now on is added to the new total.
      session.takeAdded();
      Inventory inventory = Inventory.read(session);
      delete(candidates(inventory, policy));
      sweepTemporaries();
      sweepOrphans();
      Lease.deleteDead(session.layout, session.locks);
      Usage left = Inventory.read(session).usage();
      new RecordedTotal(session).set(left.totalBytes());
      return new PruneResult(new Usage(removed), left, failures);
    } finally {
      session.locks.unlock(StoreLocks.PRUNE);
    }
  }

  /** What the policy gives up, the most dispensable first; temporary files are not among them. */
  private List<Inventory.Item> candidates(Inventory inventory, PrunePolicy policy) {
    FileTime protectedSince = Lease.oldestStart(session.layout, session.locks);
    List<Inventory.Item> free = new ArrayList<>();
    long total = 0;
    for (Inventory.Item item : inventory.items()) {
      if (item.kind() != EntryKind.TEMPORARY) {
        total += item.size();
        if (isFree(item.lastUsed(), protectedSince)) {
          free.add(item);
        }
      }
    }
    free.sort(Comparator.comparingLong(Pruner::worth));
    Duration age = policy.olderThan();
    long usedBefore = age == null ? Long.MIN_VALUE : session.clock.millis() - age.toMillis();
    List<Inventory.Item> chosen = new ArrayList<>();
    for (Inventory.Item item : free) {
      if (policy.all() || total > policy.maxBytes() || item.lastUsed().toMillis() < usedBefore) {
        chosen.add(item);
        total -= item.size();
      }
    }
    return chosen;
  }

  private static long worth(Inventory.Item item) {
    long grace = item.kind() == EntryKind.FACT ? FACT_GRACE_MILLIS : 0;
    return item.lastUsed().toMillis() + grace;
  }

  private static boolean isFree(FileTime lastUsed, @Nullable FileTime protectedSince) {
    return protectedSince == null || lastUsed.compareTo(protectedSince) < 0;
  }

  private void delete(List<Inventory.Item> items) {
    for (int from = 0; from < items.size(); from += BATCH) {
      Map<String, Path> claims = new HashMap<>();
      session.locks.lock(StoreLocks.ENTRIES, false);
      try {
        // Again for each batch: a build may have begun and have found an entry recent enough.
        FileTime protectedSince = Lease.oldestStart(session.layout, session.locks);
        for (Inventory.Item item : items.subList(from, Math.min(items.size(), from + BATCH))) {
          BasicFileAttributes now = Inventory.attributes(item.file());
          if (now != null
              && now.lastModifiedTime().equals(item.lastUsed())
              && isFree(item.lastUsed(), protectedSince)) {
            deleteEntry(item, claims);
          }
        }
      } finally {
        session.locks.unlock(StoreLocks.ENTRIES);
      }
      claims.forEach(this::removeDirectory);
    }
  }

  /** Takes an entry away by name; the directory of one that has one is only claimed here. */
  private void deleteEntry(Inventory.Item item, Map<String, Path> claims) {
    String directory = item.directory();
    try {
      if (directory == null) {
        Files.deleteIfExists(item.file());
      } else if (isUnused(directory)) {
        claims.put(directory, allocator.forget(item.file(), directory));
      } else {
        return;
      }
      removed.merge(
          item.kind(), new Usage.Amount(1, item.size()), (one, other) -> one.plus(other.bytes()));
    } catch (IOException e) {
      throw StoreException.of("delete", item.file(), e);
    }
  }

  /**
   * A cache mount in use is locked; taking one into use looks at its record again with the lock.
   */
  private boolean isUnused(String directory) {
    long position = StoreLocks.name(directory);
    if (!session.locks.tryLock(position, false)) {
      return false;
    }
    session.locks.unlock(position);
    return true;
  }

  private void removeDirectory(String shortName, Path claim) {
    try {
      if (!allocator.remove(shortName, claim, remover)) {
        failures++;
      }
    } catch (IOException e) {
      failures++;
    }
  }

  /** Deletes what builds that no longer live were writing. */
  private void sweepTemporaries() {
    for (Path file : Folder.list(session.layout.temporary)) {
      String name = Folder.name(file);
      String lease = name.substring(0, Math.min(16, name.length()));
      if (Lease.isAlive(lease, session.locks)) {
        continue;
      }
      String directory = DirectoryAllocator.claimed(name);
      if (directory != null) {
        removeDirectory(directory, file);
        continue;
      }
      BasicFileAttributes attributes = Inventory.attributes(file);
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw StoreException.of("delete", file, e);
      }
      removed.merge(
          EntryKind.TEMPORARY,
          new Usage.Amount(1, attributes == null ? 0 : Inventory.onDisk(attributes.size())),
          (one, other) -> one.plus(other.bytes()));
    }
  }

  /**
   * Deletes directories that nothing speaks for, as a power failure can leave them. The order of
   * the three listings matters: a claim is there before its directory, and becomes a record.
   */
  private void sweepOrphans() {
    List<Path> directories = Folder.list(session.layout.directories);
    Set<String> known = new HashSet<>();
    for (Path file : Folder.list(session.layout.temporary)) {
      String name = DirectoryAllocator.claimed(Folder.name(file));
      if (name != null) {
        known.add(name);
      }
    }
    for (Inventory.Item item : Inventory.read(session).items()) {
      if (item.directory() != null) {
        known.add(item.directory());
      }
    }
    for (Path directory : directories) {
      String name = Folder.name(directory);
      if (DirectoryRecord.isShortName(name) && !known.contains(name)) {
        removeDirectory(name, session.layout.temporary.resolve(name));
      }
    }
  }
}
