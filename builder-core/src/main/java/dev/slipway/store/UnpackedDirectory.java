package dev.slipway.store;

import java.nio.file.Path;

/**
 * A layer's directory form, complete and never to be written again.
 *
 * @param shortName its name below {@link DirectoryStore#root()}, at most 12 characters, so that 127
 *     of them fit into the one page that {@code mount(2)} takes when the mounting process works in
 *     that directory
 * @param path its absolute path
 * @param size its bytes on disk as measured when it was made
 */
public record UnpackedDirectory(String shortName, Path path, long size) {}
