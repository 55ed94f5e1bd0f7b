package dev.slipway.store;

import java.nio.file.Path;

/** A cache mount in use by a step. The caller closes it when the step has ended. */
public final class CacheMount implements AutoCloseable {
  private final CacheMounts mounts;
  private final Path recordFile;
  private final String shortName;
  private final Path directory;
  private final boolean isNew;
  private boolean closed;

  CacheMount(CacheMounts mounts, Path recordFile, String shortName, Path directory, boolean isNew) {
    this.mounts = mounts;
    this.recordFile = recordFile;
    this.shortName = shortName;
    this.directory = directory;
    this.isNew = isNew;
  }

  /** Its directory, an immediate child of {@link DirectoryStore#root()}. */
  public Path directory() {
    return directory;
  }

  /** Whether it was made by this use, so that it is empty and its owner and mode are to be set. */
  public boolean isNew() {
    return isNew;
  }

  /** Says how large it has become, for {@link Usage}; without this it counts as before. */
  public void recordSize(long bytes) {
    mounts.recordSize(recordFile, shortName, bytes);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      mounts.release(shortName);
    }
  }
}
