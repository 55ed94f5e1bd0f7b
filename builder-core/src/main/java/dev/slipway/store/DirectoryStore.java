package dev.slipway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Layers as directories, to be the lower directories of an overlay. The same layer looks different
 * on disk to different users, so each is kept per id mapping. A directory that was found stays
 * until the store is closed or released. Thread-safe, also between processes.
 */
public final class DirectoryStore {
  private final StoreSession session;
  private final DirectoryAllocator allocator;

  DirectoryStore(StoreSession session) {
    this.session = session;
    this.allocator = new DirectoryAllocator(session);
  }

  /**
   * The folder of all directories. A process that mounts works here and names lower directories by
   * their short names.
   */
  public Path root() {
    return session.layout.directories;
  }

  /**
   * @param idMapping how ids on disk stand for ids in the layer, as a name: {@code root}, or one
   *     that tells subordinate ranges apart; letters, digits, {@code .}, {@code _} and {@code -}
   * @throws StoreException if the disk fails
   */
  public Optional<UnpackedDirectory> find(LayerId layer, String idMapping) {
    Path file = record(layer, idMapping);
    try {
      DirectoryRecord record = allocator.find(file);
      if (record == null || !session.use(file, Files.getLastModifiedTime(file))) {
        return Optional.empty();
      }
      return Optional.of(directory(record));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreException.of("look up", file, e);
    }
  }

  /** A new empty directory for the caller to fill. */
  public AllocatedDirectory allocate() {
    return allocator.allocate();
  }

  /**
   * Makes a filled directory findable. If another build was quicker, its directory is the one that
   * counts, and the caller's becomes garbage after its build.
   *
   * @param size bytes on disk, as measured by the caller
   * @return the directory that is found from now on
   */
  public UnpackedDirectory commit(
      AllocatedDirectory made, LayerId layer, String idMapping, long size) {
    DirectoryRecord record = new DirectoryRecord(made.shortName(), size, idMapping);
    return directory(allocator.commit(made, record(layer, idMapping), record, false));
  }

  /**
   * Deletes a directory that was not committed, with its work directory.
   *
   * @throws StoreException if something is left; the next prune tries again
   */
  public void discard(AllocatedDirectory made, DirectoryRemover remover) {
    try {
      if (Files.exists(made.claim())) {
        allocator.remove(made.shortName(), made.claim(), remover);
      }
    } catch (IOException e) {
      throw StoreException.of("delete", made.path(), e);
    }
  }

  private UnpackedDirectory directory(DirectoryRecord record) {
    return new UnpackedDirectory(
        record.shortName(), allocator.path(record.shortName()), record.size());
  }

  private Path record(LayerId layer, String idMapping) {
    boolean valid = !idMapping.isEmpty() && idMapping.length() <= 64 && idMapping.charAt(0) != '.';
    for (int i = 0; valid && i < idMapping.length(); i++) {
      char c = idMapping.charAt(i);
      valid = c < 128 && Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
    }
    if (!valid) {
      throw new IllegalArgumentException("not a name of an id mapping: '" + idMapping + "'");
    }
    return session.layout.directoryRecords.resolve(idMapping).resolve(layer.hex());
  }
}
