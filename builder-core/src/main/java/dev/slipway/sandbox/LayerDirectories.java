package dev.slipway.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Layers as directories that an overlay takes as lowers: deletions are 0:0 character devices,
 * owners are inside the id mapping. What cannot be made real (an owner beyond the mapping, a
 * device) is replaced by something like it with the truth in an extended attribute, and shows as
 * the truth again in a step's changes. All methods block and may be called from many threads.
 */
public interface LayerDirectories {

  /**
   * How ids in a layer are ids on disk, as a name that is part of what a layer directory is found
   * by: {@code root}, or one that tells users and their subordinate ids apart.
   */
  String idMapping();

  /**
   * Unpacks what {@code tar} writes, uncompressed, into an existing, empty directory.
   *
   * @return the bytes of its files
   * @throws SandboxException if it is no layer, or holds what points outside
   * @throws IOException what {@code tar} throws
   */
  long unpack(TarSource tar, Path directory) throws IOException;

  /**
   * Opens a file of a layer directory that this process may not be allowed to read.
   *
   * @param path without a leading slash; no links are followed
   */
  InputStream read(Path directory, byte[] path) throws IOException;

  /**
   * Deletes directories and all below them, those too that only mapped ids can; missing is fine.
   */
  void delete(List<Path> directories);

  /** Writes a layer as a tar. */
  @FunctionalInterface
  interface TarSource {
    void writeTo(OutputStream out) throws IOException;
  }
}
