package dev.slipway.fetch;

import dev.slipway.diagnostic.RedactedUrl;
import dev.slipway.progress.Cancellation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fetches from git repositories with the {@code git} program. Files are taken from git's object
 * store, nothing is ever checked out, so that neither hooks nor filters nor links in a repository
 * can do anything; line endings are as committed. Thread-safe.
 */
public final class GitFetcher {
  private static final int MIN_CHECKSUM = 7;

  /**
   * @param program name or path of git
   * @param environment the only variables git sees beside those that confine it: PATH, proxies,
   *     SSH_AUTH_SOCK
   * @param localRepositories whether {@code file://} and paths are allowed
   */
  public record Options(
      String program, Map<String, String> environment, boolean localRepositories) {
    public Options {
      environment = Map.copyOf(environment);
    }
  }

  private final Options options;

  public GitFetcher(Options options) {
    this.options = options;
  }

  /**
   * The commit that the source means now.
   *
   * @throws FetchException if the repository cannot be reached or has no such ref, or the checksum
   *     is another
   */
  public String resolve(GitSource source, Cancellation cancellation) {
    check(source);
    GitProgram git = new GitProgram(options, source.remote(), cancellation);
    GitRefs.Resolved resolved = resolve(git, source);
    verify(source, resolved);
    return resolved.commit();
  }

  /**
   * Fetches the files of the commit.
   *
   * @param keepGitDirectory whether {@code .git} is among them, unless the source says it itself;
   *     never for a subdirectory
   * @param directory an empty directory; the tree's content stays in it
   */
  public GitCheckout checkOut(
      GitSource source, boolean keepGitDirectory, Path directory, Cancellation cancellation) {
    check(source);
    Boolean said = source.keepGitDirectory();
    boolean keep = (said != null ? said : keepGitDirectory) && source.subdirectory().isEmpty();
    GitProgram git = new GitProgram(options, source.remote(), cancellation);
    try {
      GitRefs.Resolved resolved = resolve(git, source);
      GitRepository repository =
          GitRepository.fetch(git, source.remote(), resolved, directory.resolve("0.git"));
      String commit = repository.commit();
      // It may have moved since it was listed.
      boolean moved = !commit.equals(resolved.commit());
      verify(source, moved ? GitRefs.Resolved.commit(commit) : resolved);
      GitTreeReader reader =
          new GitTreeReader(
              options, cancellation, directory, !Boolean.FALSE.equals(source.submodules()));
      GitCheckout checkout = reader.read(repository, source.subdirectory());
      return keep ? checkout.withTree(repository.withGitDirectory(checkout.tree())) : checkout;
    } catch (GitProgram.Failure e) {
      throw new FetchException("cannot fetch \"" + source + "\": " + e.text(), e);
    }
  }

  private static GitRefs.Resolved resolve(GitProgram git, GitSource source) {
    String ref = source.ref();
    if (GitRefs.isCommit(ref)) {
      return GitRefs.Resolved.commit(ref);
    }
    List<String> arguments = new ArrayList<>(List.of("ls-remote", "--symref", "--", git.url()));
    arguments.addAll(GitRefs.queries(ref));
    try {
      byte[] listing = git.run(null, arguments.toArray(new String[0]));
      GitRefs.Resolved resolved = GitRefs.find(listing, ref);
      if (resolved == null) {
        throw new FetchException(
            "\""
                + RedactedUrl.of(source.remote())
                + "\" has no "
                + (ref.isEmpty() ? "default branch" : "branch or tag \"" + ref + "\""));
      }
      return resolved;
    } catch (GitProgram.Failure e) {
      throw new FetchException("cannot reach \"" + source + "\": " + e.text(), e);
    }
  }

  /** Refuses what git would take for an option, a transport or a path of this machine. */
  private void check(GitSource source) {
    String remote = source.remote();
    int helper = remote.indexOf("::");
    boolean local =
        remote.startsWith("file://") || remote.startsWith("/") || remote.startsWith(".");
    if (remote.startsWith("-") || (helper >= 0 && helper < remote.indexOf(':') + 1)) {
      throw new FetchException("\"" + source + "\" is no git url");
    }
    if (local && !options.localRepositories()) {
      throw new FetchException("\"" + source + "\": repositories on this machine are not allowed");
    }
    if (!GitRefs.isValid(source.ref())) {
      throw new FetchException("\"" + source.ref() + "\" is no name of a branch, tag or commit");
    }
    for (String component : source.subdirectory().split("/")) {
      if (component.equals("..") || component.indexOf('\0') >= 0) {
        throw new FetchException(
            "subdirectory \"" + source.subdirectory() + "\" leaves the repository");
      }
    }
  }

  /** The commit must be the one that was asked for, or the annotated tag on it. */
  private static void verify(GitSource source, GitRefs.Resolved resolved) {
    String checksum = source.checksum();
    if (checksum == null) {
      return;
    }
    if (checksum.length() < MIN_CHECKSUM || !GitRefs.isHexadecimal(checksum)) {
      throw new FetchException(
          "checksum \"" + checksum + "\" of a git source, expected at least 7 digits of a commit");
    }
    if (!resolved.commit().startsWith(checksum) && !resolved.object().startsWith(checksum)) {
      throw new FetchException(
          "\"" + source + "\" is at commit " + resolved.commit() + ", expected " + checksum);
    }
  }
}
