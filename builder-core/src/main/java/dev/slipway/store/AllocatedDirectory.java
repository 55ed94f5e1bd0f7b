package dev.slipway.store;

import java.nio.file.Path;

/**
 * A directory under construction: the upper directory of an overlay, or the target of an unpacking.
 * It has its final name from the start, because a mounted directory must not be renamed. It becomes
 * visible with {@link DirectoryStore#commit}; otherwise {@link DirectoryStore#discard} or, after
 * its build ended in whatever way, the next prune deletes it.
 *
 * @param shortName its name below {@link DirectoryStore#root()}
 * @param path the directory itself, empty, mode 0755
 * @param work the place for overlay's work directory: same file system, does not exist yet
 * @param claim the file that says that the directory is not yet anybody's
 */
public record AllocatedDirectory(String shortName, Path path, Path work, Path claim) {}
