package dev.slipway.tree.copy;

import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.RegularFile;
import org.jspecify.annotations.Nullable;

/** Looks into a file that ADD was given. */
@FunctionalInterface
public interface ArchiveOpener {
  /** What is in the archive, puts only; null if the file is none. */
  @Nullable ChangeSet open(RegularFile file);
}
