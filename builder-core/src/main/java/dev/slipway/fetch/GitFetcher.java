package dev.slipway.fetch;

import dev.slipway.progress.Cancellation;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fetches from git repositories with the {@code git} program, which trusts nothing it gets. */
public final class GitFetcher {
  /**
   * @param program name or path of git
   * @param environment the only variables git sees beside those that confine it: PATH, proxies,
   *     SSH_AUTH_SOCK
   * @param knownHosts file for ssh to check hosts against, or null for ssh's own
   * @param localRepositories whether {@code file://} and paths are allowed
   */
  public record Options(
      String program,
      Map<String, String> environment,
      @Nullable Path knownHosts,
      boolean localRepositories) {}

  public GitFetcher(Options options) {}

  /**
   * The commit that the source means now.
   *
   * @throws FetchException if the repository cannot be reached or has no such ref, or the checksum
   *     is another
   */
  public String resolve(GitSource source, Cancellation cancellation) {
    throw new UnsupportedOperationException();
  }

  /**
   * Fetches and checks out.
   *
   * @param keepGitDirectory whether {@code .git} stays, unless the source says it itself
   * @param directory an empty directory; the tree's content stays in it
   */
  public GitCheckout checkOut(
      GitSource source, boolean keepGitDirectory, Path directory, Cancellation cancellation) {
    throw new UnsupportedOperationException();
  }
}
