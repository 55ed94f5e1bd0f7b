package dev.slipway.fetch;

import dev.slipway.diagnostic.RedactedUrl;
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
 * @param submodules what the URL says of them, or null; they are fetched unless it says no
 */
public record GitSource(
    String remote,
    String ref,
    String subdirectory,
    @Nullable String checksum,
    @Nullable Boolean keepGitDirectory,
    @Nullable Boolean submodules) {

  /**
   * Reads a source of ADD as BuildKit does: {@code https://host/path.git}, {@code ssh://}, {@code
   * git://}, {@code user@host:path}, with {@code #ref:directory} or {@code ?ref=…&subdir=…}. Empty
   * for what is no git URL.
   *
   * @throws FetchException if it is one but malformed
   */
  public static Optional<GitSource> parse(String url) {
    return GitUrlParser.parse(url);
  }

  /**
   * Reads a build context, where {@code github.com/owner/repository} is a git URL too. A directory
   * of that name has to be looked for before.
   */
  public static Optional<GitSource> parseContext(String url) {
    return url.startsWith("github.com/")
        ? GitUrlParser.parseUrl("https://" + url)
        : GitUrlParser.parse(url);
  }

  /** The same with the checksum that a flag gives. */
  public GitSource withChecksum(@Nullable String newChecksum) {
    return new GitSource(remote, ref, subdirectory, newChecksum, keepGitDirectory, submodules);
  }

  /** For people: without credentials. */
  @Override
  public String toString() {
    String shown = RedactedUrl.of(remote);
    if (subdirectory.isEmpty()) {
      return ref.isEmpty() ? shown : shown + "#" + ref;
    }
    return shown + "#" + ref + ":" + subdirectory;
  }
}
