package dev.slipway.session.input;

import dev.slipway.context.ReceivedContext;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.RedactedUrl;
import dev.slipway.execute.Fetcher;
import dev.slipway.execute.Tasks;
import dev.slipway.fetch.GitCheckout;
import dev.slipway.fetch.GitFetcher;
import dev.slipway.fetch.GitSource;
import dev.slipway.fetch.HttpFetcher;
import dev.slipway.fetch.HttpFile;
import dev.slipway.fetch.HttpMemo;
import dev.slipway.fetch.HttpSource;
import dev.slipway.http.Proxies;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.Cancellation;
import dev.slipway.tree.FileContent;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fetches over http(s) and git into the build's work directory. */
public final class RemoteFetcher implements Fetcher {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final long MAX_FILE = 256L << 30;

  private final WorkDirectory work;
  private final Map<String, String> environment;
  private final Proxies proxies;
  private final HttpMemo memo;
  private final Tasks tasks;

  public RemoteFetcher(
      WorkDirectory work,
      Map<String, String> environment,
      Proxies proxies,
      HttpMemo memo,
      Tasks tasks) {
    this.work = work;
    this.memo = memo;
    this.environment = environment;
    this.proxies = proxies;
    this.tasks = tasks;
  }

  @Override
  public Download download(String url, @Nullable String checksum, Cancellation cancellation) {
    HttpFile file =
        told("download " + RedactedUrl.of(url), () -> fetch(url, checksum, MAX_FILE, cancellation));
    long seconds = file.lastModified() == null ? 0 : file.lastModified().getEpochSecond();
    return new Download(
        file.fileName(),
        new RegularFile(
            Metadata.of(0600, seconds),
            Origin.NONE,
            new FileContent(file.path(), file.size(), file.sha256())),
        file.sha256());
  }

  private HttpFile fetch(
      String url, @Nullable String checksum, long maxBytes, Cancellation cancellation) {
    HttpFetcher fetcher = new HttpFetcher(new HttpFetcher.Options(proxies, TIMEOUT), memo);
    return fetcher.fetch(
        new HttpSource(url, sha256(checksum), maxBytes), work.newDirectory(), cancellation);
  }

  private static @Nullable String sha256(@Nullable String checksum) {
    if (checksum == null) {
      return null;
    }
    String prefix = "sha256:";
    String text = checksum.toLowerCase(Locale.ROOT);
    if (!text.startsWith(prefix) || text.length() != prefix.length() + 64) {
      throw new BuildException(
          "invalid checksum '" + checksum + "', expected sha256: and 64 hexadecimal digits");
    }
    return text.substring(prefix.length());
  }

  @Override
  public Checkout checkOut(
      String url,
      @Nullable String checksum,
      @Nullable Boolean keepGitDirectory,
      Cancellation cancellation) {
    return checkOut(git(url, checksum), keepGitDirectory, cancellation);
  }

  private Checkout checkOut(
      GitSource source, @Nullable Boolean keepGitDirectory, Cancellation cancellation) {
    boolean keep =
        Boolean.TRUE.equals(
            source.keepGitDirectory() == null ? keepGitDirectory : source.keepGitDirectory());
    if (keepGitDirectory != null
        && source.keepGitDirectory() != null
        && !keepGitDirectory.equals(source.keepGitDirectory())) {
      throw new BuildException("inconsistent keep-git-dir configuration");
    }
    GitCheckout checkout =
        told("git clone " + RedactedUrl.of(source.remote()), () -> git(cancellation, source, keep));
    // What is in .git depends on what was asked for, all else on the directory's content only.
    String repository =
        " of " + checkout.commit() + " " + RedactedUrl.of(source.remote()) + "#" + source.ref();
    String identity = checkout.directory() + (keep ? repository : "");
    return new Checkout(checkout.tree(), identity + " " + keep + " " + source.submodules());
  }

  private GitCheckout git(Cancellation cancellation, GitSource source, boolean keep) {
    GitFetcher fetcher = new GitFetcher(new GitFetcher.Options("git", gitEnvironment(), false));
    return fetcher.checkOut(source, keep, work.newDirectory(), cancellation);
  }

  private Map<String, String> gitEnvironment() {
    Map<String, String> kept = new HashMap<>();
    environment.forEach(
        (name, value) -> {
          String upper = name.toUpperCase(Locale.ROOT);
          if (upper.equals("PATH")
              || upper.endsWith("_PROXY")
              || upper.equals("SSH_AUTH_SOCK")
              || upper.equals("GIT_SSL_CAINFO")
              || upper.equals("SSL_CERT_FILE")) {
            kept.put(name, value);
          }
        });
    return kept;
  }

  private static GitSource git(String url, @Nullable String checksum) {
    GitSource source =
        GitSource.parse(url)
            .orElseThrow(() -> new BuildException("no git URL: '" + RedactedUrl.of(url) + "'"));
    if (checksum == null) {
      return source;
    }
    if (source.checksum() != null && !source.checksum().equals(checksum)) {
      throw new BuildException(
          "checksum mismatch '" + checksum + "' != '" + source.checksum() + "'");
    }
    return source.withChecksum(checksum);
  }

  /**
   * A context that a URL names: a repository, an archive or a Dockerfile.
   *
   * @param keepGitDirectory of a repository, unless the URL says it
   */
  RemoteContext context(
      String url, boolean keepGitDirectory, long maxBytes, Cancellation cancellation) {
    GitSource source = GitSource.parseContext(url).orElse(null);
    if (source != null) {
      Boolean keep = source.keepGitDirectory() == null && keepGitDirectory ? Boolean.TRUE : null;
      FileTree tree = checkOut(source, keep, cancellation).tree();
      return new RemoteContext(new ReceivedContext.Archive(tree), SourceDate.ofCommit(tree));
    }
    HttpFile file =
        told("download " + RedactedUrl.of(url), () -> fetch(url, null, maxBytes, cancellation));
    ReceivedContext content = ReceivedContext.of(file.path(), work.newDirectory(), maxBytes);
    Instant modified = file.lastModified();
    return new RemoteContext(
        content,
        modified == null ? SourceDate.of(content) : Optional.of(modified.getEpochSecond()));
  }

  private <T> T told(String title, Supplier<T> action) {
    return tasks.perform(TaskKind.INTERNAL, "internal", title, action);
  }
}
