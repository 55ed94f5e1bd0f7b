package dev.slipway.snapshot;

import dev.slipway.layer.ChangeSetCodec;
import dev.slipway.store.LayerId;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Origin;
import java.io.IOException;
import java.nio.file.Path;

/** What a command left in the upper directory of its overlay. */
final class StepLayer extends Layer {
  private final Path directory;
  private final byte[] encodedChanges;
  private final Origin origin;
  private final DirectoryReader reader;

  /**
   * @param encodedChanges by {@link ChangeSetCodec}, contents being paths in {@code directory}
   */
  StepLayer(
      LayerId id, Path directory, byte[] encodedChanges, Origin origin, DirectoryReader reader) {
    super(id);
    this.directory = directory;
    this.encodedChanges = encodedChanges;
    this.origin = origin;
    this.reader = reader;
  }

  @Override
  ChangeSet loadChanges() {
    return decode(directory, encodedChanges, origin, reader);
  }

  /** The changes, their contents in {@code directory}. */
  static ChangeSet decode(
      Path directory, byte[] encodedChanges, Origin origin, DirectoryReader reader) {
    try {
      ChangeSet changes =
          ChangeSetCodec.read(
              encodedChanges,
              (path, size, digest) -> new DirectoryContent(reader, directory, path, size, digest));
      return changes.withEntries(entry -> entry.withOrigin(origin));
    } catch (IOException e) {
      throw new SnapshotException("cannot read the changes of a step", e);
    }
  }
}
