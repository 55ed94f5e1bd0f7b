package dev.slipway.context;

import java.nio.file.Path;

/**
 * A directory that holds files of a context; one object for all of them, as a million files must
 * stay small.
 *
 * @param path absolute
 */
record HostDirectory(Path path, FileDigests digests) {}
