package dev.slipway.fetch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A git repository and what of it is meant.
 *
 * @param remote what git is given, without fragment and query
 * @param ref branch, tag, full ref or commit; empty for the default branch
 * @param subdirectory the directory of the checkout that is wanted; empty for all
 * @param checksum what the commit must start with, lower-case hexadecimal, or null
 * @param keepGitDirectory what the URL says of it, or null
 * @param submodules what the URL says of them, or null
 */
public record GitSource(
    String remote,
    String ref,
    String subdirectory,
    @Nullable String checksum,
    @Nullable Boolean keepGitDirectory,
    @Nullable Boolean submodules) {

  /**
   * Reads a URL as BuildKit does: {@code https://host/path.git}, {@code ssh://}, {@code git://},
   * {@code user@host:path}, {@code github.com/owner/repository}, with {@code #ref:directory} or
   * {@code ?ref=&subdir=…}. Empty for what is no git URL.
   *
   * @throws FetchException if it is one but malformed
   */
  public static Optional<GitSource> parse(String url) {
    return Optional.empty();
  }
}
