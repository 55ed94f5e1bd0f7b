package dev.slipway.plan;

import org.jspecify.annotations.Nullable;

/** One source of a COPY or ADD. */
public sealed interface CopySource {

  /**
   * Files below the root of a file system.
   *
   * @param pattern the path as written, variables replaced; may hold wildcards
   */
  record Files(FileSource from, String pattern) implements CopySource {}

  /**
   * A download.
   *
   * @param checksum {@code sha256:…}, or null
   * @param unpack whether an archive is unpacked
   */
  record Url(String url, @Nullable String checksum, boolean unpack) implements CopySource {}

  /**
   * A git repository, in the notation of the Dockerfile.
   *
   * @param checksum the commit that it must be, or null
   * @param keepGitDir as the flag says, or null where it is not given
   */
  record Git(String url, @Nullable String checksum, @Nullable Boolean keepGitDir)
      implements CopySource {}

  /** A file whose content stands in the Dockerfile. */
  record Inline(String fileName, byte[] content) implements CopySource {}
}
