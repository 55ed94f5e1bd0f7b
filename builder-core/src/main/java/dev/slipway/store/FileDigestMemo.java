package dev.slipway.store;

import dev.slipway.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the SHA-256 of host files, so that a file that has not changed is not read again. At
 * most a million files; beyond that some are forgotten. Thread-safe; of several processes that
 * learn at once, each keeps what it learnt.
 */
public final class FileDigestMemo implements AutoCloseable {
  private static final long TOUCH_AFTER_MILLIS = 3_600_000;

  // The kernel's clock for file times moves in ticks of up to 10 ms.
  private static final long FINE_GRANULARITY = 50_000_000L;

  // A time without a fraction probably comes from a file system that keeps whole seconds, or two.
  private static final long COARSE_GRANULARITY = 2_100_000_000L;
  private static final long SECOND = 1_000_000_000L;

  private static final int MAX_IN_MEMORY = 1 << 14;

  private final StoreSession session;
  private final String name;
  private final Map<Long, FileMemo> learnt = new HashMap<>();

  /** What is on disk; opened when it is first asked, as not every build looks at files. */
  private @Nullable MemoTable known;

  /** Where the rest of what was learnt waits, once that is too much for memory. */
  private @Nullable Path waiting;

  FileDigestMemo(StoreSession session, String name) {
    this.session = session;
    this.name = name;
  }

  private Path path() {
    return session.layout.memos.resolve(Hex.hash(name));
  }

  private MemoTable known() {
    if (known == null) {
      Path path = path();
      known = MemoTable.open(path);
      touch(path, session.clock.millis());
    }
    return known;
  }

  private static void touch(Path path, long now) {
    try {
      if (Files.getLastModifiedTime(path).toMillis() + TOUCH_AFTER_MILLIS < now) {
        Files.setLastModifiedTime(path, FileTime.fromMillis(now));
      }
    } catch (IOException e) {
      // There is none yet, or it has just been pruned: then nothing is known.
    }
  }

  /** The digest of the file's content; empty if it is not known. */
  public Optional<Digest> find(FileIdentity file) {
    long hash = FileMemo.hash(file.path());
    FileMemo memo;
    MemoTable table;
    synchronized (this) {
      memo = learnt.get(hash);
      table = known();
    }
    if (memo == null) {
      memo = table.find(hash);
    }
    return memo != null && memo.isOf(file)
        ? Optional.of(new Digest(Digest.SHA256, memo.hex()))
        : Optional.empty();
  }

  /**
   * Remembers a digest for later builds, and for a while for this one, unless the file was changed
   * so shortly before that a further change could have left its times as they are.
   *
   * @param file as it was <em>before</em> its content was read
   * @param digest a SHA-256
   * @param taken when {@code file} was asked for
   */
  public void remember(FileIdentity file, Digest digest, Instant taken) {
    if (!digest.algorithm().equals(Digest.SHA256)) {
      throw new IllegalArgumentException("expected a sha256 digest, found " + digest);
    }
    if (isRacy(file, taken)) {
      return;
    }
    FileMemo memo = FileMemo.of(file, HexFormat.of().parseHex(digest.hex()));
    synchronized (this) {
      learnt.put(memo.hash(), memo);
      if (learnt.size() == MAX_IN_MEMORY) {
        setAside();
      }
    }
  }

  private void setAside() {
    Path file = waiting == null ? session.temporaryFile() : waiting;
    try {
      if (waiting == null) {
        session.layout.createFile(file).close();
        waiting = file;
      }
      MemoTable.append(file, learnt.values());
    } catch (IOException e) {
      // These are forgotten: their files are read once more.
      waiting = null;
    }
    learnt.clear();
  }

  private static boolean isRacy(FileIdentity file, Instant taken) {
    long now = taken.getEpochSecond() * SECOND + taken.getNano();
    // The change time alone: it moves with every write, and a program cannot choose it.
    long granularity = file.ctimeNanos() % SECOND == 0 ? COARSE_GRANULARITY : FINE_GRANULARITY;
    return file.ctimeNanos() > now - granularity;
  }

  /** Writes what was learnt to the store; what the disk does not take is forgotten. */
  @Override
  public synchronized void close() {
    if (learnt.isEmpty() && waiting == null) {
      return;
    }
    Path path = path();
    long position = StoreLocks.name(Folder.name(path));
    session.locks.lock(position, false);
    try {
      // Another process may have written since: its file is the one to add to.
      MemoTable current = MemoTable.open(path);
      if (waiting != null) {
        // Gone where this build has let go of what it made, and a prune came.
        Path more = Files.exists(waiting) ? waiting : null;
        session.writeFile(path, file -> current.rewrite(learnt, more, file));
        Files.deleteIfExists(waiting);
      } else if (!current.hasRoomFor(learnt.size()) || !append(path)) {
        session.writeFile(path, file -> current.rewrite(learnt, null, file));
      }
    } catch (IOException e) {
      // A build that has done all it was asked for does not fail for what would help the next.
    } finally {
      learnt.clear();
      waiting = null;
      session.locks.unlock(position);
    }
  }

  /** False if the file has just been pruned. */
  private boolean append(Path path) throws IOException {
    try {
      MemoTable.append(path, learnt.values());
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
