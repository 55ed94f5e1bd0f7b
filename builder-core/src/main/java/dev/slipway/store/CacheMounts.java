package dev.slipway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The directories of {@code RUN --mount=type=cache}, by id. An id has one main directory and, where
 * private uses met, further ones. Thread-safe, also between processes.
 */
public final class CacheMounts {
  private static final String MAIN = "main";

  private final StoreSession session;
  private final DirectoryAllocator allocator;

  CacheMounts(StoreSession session) {
    this.session = session;
    this.allocator = new DirectoryAllocator(session);
  }

  /**
   * Takes a cache mount into use.
   *
   * @param id any text; the caller makes it unique for what must not be shared
   * @param fresh whether to begin with an empty directory, which takes the place of the main one
   * @param whileWaiting called about twenty times a second while another step has it locked; what
   *     it throws ends the waiting
   * @throws StoreException if the disk fails
   */
  public CacheMount acquire(String id, CacheSharing sharing, boolean fresh, Runnable whileWaiting) {
    Path folder = session.layout.mounts.resolve(Hex.hash(id).substring(0, 40));
    Path main = folder.resolve(MAIN);
    try {
      if (fresh) {
        return create(main, id, sharing, true, whileWaiting);
      }
      CacheMount free = sharing == CacheSharing.PRIVATE ? anyFree(folder) : null;
      if (free != null) {
        return free;
      }
      boolean another = sharing == CacheSharing.PRIVATE && allocator.find(main) != null;
      while (!another) {
        DirectoryRecord record = allocator.find(main);
        if (record == null) {
          return create(main, id, sharing, false, whileWaiting);
        }
        CacheMount mount = take(main, record, sharing, whileWaiting);
        if (mount != null) {
          return mount;
        }
      }
      return createPrivate(folder, id);
    } catch (IOException e) {
      throw StoreException.of("use the cache mount", folder, e);
    }
  }

  /** A directory of the id that no step uses, locked; null if there is none. */
  private @Nullable CacheMount anyFree(Path folder) throws IOException {
    for (Path file : Folder.list(folder)) {
      DirectoryRecord record = allocator.find(file);
      if (record != null && session.locks.tryLock(StoreLocks.name(record.shortName()), false)) {
        CacheMount mount = confirm(file, record);
        if (mount != null) {
          return mount;
        }
      }
    }
    return null;
  }

  private @Nullable CacheMount take(
      Path file, DirectoryRecord record, CacheSharing sharing, Runnable whileWaiting)
      throws IOException {
    boolean shared = sharing == CacheSharing.SHARED;
    session.locks.lock(StoreLocks.name(record.shortName()), shared, whileWaiting);
    return confirm(file, record);
  }

  /** With the lock held: null, and the lock given back, if a prune or a fresh one came between. */
  private @Nullable CacheMount confirm(Path file, DirectoryRecord record) throws IOException {
    boolean confirmed = false;
    try {
      DirectoryRecord now = allocator.find(file);
      confirmed =
          now != null
              && now.shortName().equals(record.shortName())
              && session.use(file, Files.getLastModifiedTime(file));
      return confirmed ? mount(file, record.shortName(), false) : null;
    } catch (NoSuchFileException e) {
      return null;
    } finally {
      if (!confirmed) {
        session.locks.unlock(StoreLocks.name(record.shortName()));
      }
    }
  }

  private CacheMount create(
      Path file, String id, CacheSharing sharing, boolean replace, Runnable whileWaiting)
      throws IOException {
    AllocatedDirectory made = allocator.allocate();
    // Locked before others can find it, so that a locked mount is its maker's first.
    boolean shared = sharing == CacheSharing.SHARED;
    long position = StoreLocks.name(made.shortName());
    session.locks.lock(position, shared, whileWaiting);
    boolean ours = false;
    try {
      DirectoryRecord record = new DirectoryRecord(made.shortName(), 0, printable(id));
      DirectoryRecord winner = allocator.commit(made, file, record, replace);
      ours = winner.shortName().equals(made.shortName());
    } finally {
      if (!ours) {
        session.locks.unlock(position);
      }
    }
    if (ours) {
      return mount(file, made.shortName(), true);
    }
    allocator.remove(made.shortName(), made.claim(), Files::deleteIfExists);
    return acquire(id, sharing, false, whileWaiting);
  }

  private CacheMount createPrivate(Path folder, String id) throws IOException {
    AllocatedDirectory made = allocator.allocate();
    Path file = folder.resolve(made.shortName());
    long position = StoreLocks.name(made.shortName());
    session.locks.lock(position, false);
    boolean committed = false;
    try {
      allocator.commit(made, file, new DirectoryRecord(made.shortName(), 0, printable(id)), false);
      committed = true;
    } finally {
      if (!committed) {
        session.locks.unlock(position);
      }
    }
    return mount(file, made.shortName(), true);
  }

  private CacheMount mount(Path file, String shortName, boolean isNew) {
    return new CacheMount(this, file, shortName, allocator.path(shortName), isNew);
  }

  void release(String shortName) {
    session.locks.unlock(StoreLocks.name(shortName));
  }

  void recordSize(Path file, String shortName, long bytes) {
    // Shared with uses, but not with whoever replaces or deletes the record.
    session.locks.lock(StoreLocks.ENTRIES, true);
    try {
      DirectoryRecord record = DirectoryRecord.read(file);
      if (record != null && record.shortName().equals(shortName)) {
        session.writeFile(
            file, new DirectoryRecord(shortName, Math.max(0, bytes), record.text()).toBytes());
        session.added(bytes - record.size());
      }
    } catch (IOException e) {
      throw StoreException.of("write", file, e);
    } finally {
      session.locks.unlock(StoreLocks.ENTRIES);
    }
  }

  /** The id as a line of a record, where it is for people. */
  private static String printable(String id) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < id.length() && i < 200; i++) {
      char c = id.charAt(i);
      text.append(c >= ' ' && c < 127 ? c : '?');
    }
    return text.toString();
  }
}
