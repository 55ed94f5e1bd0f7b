package dev.slipway.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * A store on disk, opened by one build. What this build makes or finds stays until it closes the
 * store; if its process dies, until the next prune. Many builds, in this process and in others,
 * share one store; each opens it for itself, which costs two system calls and no scanning.
 *
 * <p>Files are written aside and renamed and never synced: after a power failure an entry can be
 * damaged, and a damaged entry is a miss. Thread-safe.
 */
public final class Store implements AutoCloseable {
  /** The folder below the cache directory; other versions' folders are left alone. */
  private static final String VERSION = "v1";

  private final StoreSession session;
  private boolean closed;

  private Store(StoreSession session) {
    this.session = session;
  }

  /**
   * Opens the store below a cache directory, and makes both if they are missing.
   *
   * @param cacheDirectory such as {@code ~/.cache/slipway}; on one file system, with file locks
   * @param clock for dating uses; protection does not depend on it
   * @return the store, to be closed by the caller
   * @throws StoreException if the directory cannot be used
   */
  public static Store open(Path cacheDirectory, InstantSource clock) {
    StoreLayout layout =
        StoreLayout.open(cacheDirectory.toAbsolutePath().normalize().resolve(VERSION));
    return new Store(new StoreSession(layout, StoreLocks.of(layout.lock), clock));
  }

  /** The folder that holds everything. */
  public Path directory() {
    return session.layout.root;
  }

  public BlobStore blobs() {
    return new BlobStore(session);
  }

  public FactStore facts() {
    return new FactStore(session);
  }

  public DirectoryStore directories() {
    return new DirectoryStore(session);
  }

  public CacheMounts cacheMounts() {
    return new CacheMounts(session);
  }

  /**
   * What is remembered of host files' digests. The caller closes it to keep what it learnt.
   *
   * @param name whose files, such as the absolute path of a build context
   */
  public FileDigestMemo fileDigests(String name) {
    return new FileDigestMemo(session, name);
  }

  /** The name of a file that does not exist yet; closing deletes what is left of it. */
  public Path temporaryFile() {
    return session.lendTemporaryFile();
  }

  /**
   * A directory for what a worker is started from, made if it is missing. A file in it is an entry
   * as any other, last used at its modification time: one that gets a new time from now on stays
   * until this store is closed. Folders in it are not looked into.
   */
  public Path workerDirectory() {
    try {
      session.lease();
      session.layout.createDirectory(session.layout.worker);
      return session.layout.worker;
    } catch (IOException e) {
      throw StoreException.of("make", session.layout.worker, e);
    }
  }

  /** How much is in the store. Reads the whole index, some milliseconds for a thousand entries. */
  public Usage usage() {
    return Inventory.read(session).usage();
  }

  /**
   * Deletes what {@code policy} says, and what killed builds have left. What running builds use
   * stays, this one included: {@link #release} first to let go of it.
   *
   * @param remover for directories that this process may lack the right to delete
   */
  public PruneResult prune(PrunePolicy policy, DirectoryRemover remover) {
    return new Pruner(session, remover).prune(policy);
  }

  /**
   * Whether the store has grown above {@code maxBytes}, by the recorded total, or a killed build
   * has left something: for asking after each build, without a scan. Another process's {@link
   * #prune} may make it false at any time.
   */
  public boolean needsPrune(long maxBytes) {
    return new RecordedTotal(session).update() > maxBytes
        || Lease.anyDead(session.layout, session.locks);
  }

  /**
   * Ends the protection of everything made or found so far; the next use begins a new one. What is
   * still being written is lost.
   */
  public void release() {
    new RecordedTotal(session).update();
    session.endLease();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      session.deleteLent();
      try {
        release();
      } finally {
        session.locks.release();
      }
    }
  }
}
