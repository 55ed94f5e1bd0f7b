package dev.slipway.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.progress.Cancellation;
import dev.slipway.progress.CancelledException;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitFetcherTest {
  private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

  @TempDir Path temp;
  private Path origin;
  private String first;
  private String second;

  @BeforeEach
  void makeRepository() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/git")), "no git here");
    origin = Files.createDirectory(temp.resolve("origin.git"));
    git(origin, "init", "--quiet", "--initial-branch=trunk");
    write("README", "one\n");
    write("bin/tool", "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        origin.resolve("bin/tool"), PosixFilePermissions.fromString("rwxrwxrwx"));
    write("caf\u00e9/x", "x");
    Files.createSymbolicLink(origin.resolve("link"), Path.of("README"));
    Files.createSymbolicLink(origin.resolve("escape"), Path.of("/etc"));
    first = commit("first");
    git(origin, "tag", "-a", "v1", "-m", "v1");
    write("README", "two\n");
    second = commit("second");
    git(origin, "branch", "side");
  }

  private void write(String name, String text) throws IOException {
    Path file = origin.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String commit(String message) throws Exception {
    git(origin, "add", "-A");
    git(origin, "commit", "--quiet", "-m", message);
    return git(origin, "rev-parse", "HEAD").strip();
  }

  private static String git(Path directory, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_AUTHOR_NAME", "a",
                "GIT_AUTHOR_EMAIL", "a@example.org",
                "GIT_COMMITTER_NAME", "a",
                "GIT_COMMITTER_EMAIL", "a@example.org",
                "GIT_COMMITTER_DATE", "@1000000000 +0000"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  /** Has the repository as {@code plain.git}. */
  private PlainGitServer plainServer() throws Exception {
    git(temp, "clone", "--quiet", "--bare", "origin.git", "plain.git");
    git(temp.resolve("plain.git"), "update-server-info");
    return new PlainGitServer(temp);
  }

  private static GitFetcher fetcher(boolean local) {
    return new GitFetcher(new GitFetcher.Options("git", Map.of("PATH", PATH), local));
  }

  private GitSource source(String ref, String subdirectory) {
    return new GitSource("file://" + origin, ref, subdirectory, null, null, null);
  }

  private GitCheckout checkOut(GitSource source, boolean keep) throws IOException {
    Path directory = Files.createTempDirectory(temp, "checkout");
    return fetcher(true).checkOut(source, keep, directory, new Cancellation());
  }

  private String text(FileTree tree, String path) throws IOException {
    try (InputStream in = ((RegularFile) tree.find(TreePath.of(path))).content().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void branchesTagsAndCommitsAreResolved() {
    Cancellation none = new Cancellation();
    GitFetcher fetcher = fetcher(true);
    assertThat(fetcher.resolve(source("", ""), none)).isEqualTo(second);
    assertThat(fetcher.resolve(source("trunk", ""), none)).isEqualTo(second);
    assertThat(fetcher.resolve(source("refs/heads/side", ""), none)).isEqualTo(second);
    assertThat(fetcher.resolve(source("heads/side", ""), none)).isEqualTo(second);
    assertThat(fetcher.resolve(source("v1", ""), none)).isEqualTo(first);
    assertThat(fetcher.resolve(source("refs/tags/v1", ""), none)).isEqualTo(first);
    assertThat(fetcher.resolve(source(first, ""), none)).isEqualTo(first);
    assertThatThrownBy(() -> fetcher.resolve(source("none", ""), none))
        .isInstanceOf(FetchException.class)
        .hasMessage("\"file://" + origin + "\" has no branch or tag \"none\"");
  }

  @Test
  void aBranchComesBeforeATagOfTheSameName() throws Exception {
    git(origin, "tag", "side", first);
    assertThat(fetcher(true).resolve(source("side", ""), new Cancellation())).isEqualTo(second);
  }

  @Test
  void semantics40_filesAreThereWithoutDotGit() throws Exception {
    GitCheckout checkout = checkOut(source("trunk", ""), false);
    FileTree tree = checkout.tree();
    assertThat(checkout.commit()).isEqualTo(second);
    assertThat(text(tree, "README")).isEqualTo("two\n");
    assertThat(text(tree, "caf\u00e9/x")).isEqualTo("x");
    assertThat(tree.find(TreePath.of(".git"))).isNull();
    assertThat(tree.find(TreePath.of("README")).metadata().mode()).isEqualTo(0644);
    assertThat(tree.find(TreePath.of("bin/tool")).metadata().mode()).isEqualTo(0755);
    assertThat(tree.find(TreePath.of("bin")).metadata().mode()).isEqualTo(0755);
    assertThat(tree.find(TreePath.of("README")).metadata().mtimeSeconds()).isEqualTo(1000000000);
    assertThat(((Symlink) tree.find(TreePath.of("link"))).targetText()).isEqualTo("README");
    assertThat(((RegularFile) tree.find(TreePath.of("README"))).content().digestIfKnown())
        .isEqualTo("27dd8ed44a83ff94d557f9fd0412ed5a8cbca69ea04922d88c01184a07300a5a");
  }

  @Test
  void tagsAndCommitsAreFetched() throws Exception {
    assertThat(text(checkOut(source("v1", ""), false).tree(), "README")).isEqualTo("one\n");
    assertThat(text(checkOut(source(first, ""), false).tree(), "README")).isEqualTo("one\n");
    assertThat(checkOut(source("v1", ""), false).commit()).isEqualTo(first);
  }

  @Test
  void semantics40_aSubdirectoryBecomesTheRoot() throws Exception {
    FileTree tree = checkOut(source("", "bin/"), false).tree();
    assertThat(tree.find(TreePath.of("tool"))).isNotNull();
    assertThat(tree.find(TreePath.of("README"))).isNull();
    assertThat(text(checkOut(source("", "/caf\u00e9"), false).tree(), "x")).isEqualTo("x");
  }

  @Test
  void cve2026_33748_aSubdirectoryNeverLeavesTheCheckout() {
    for (String outside : List.of("..", "../..", "bin/../../..", "/..")) {
      assertThatThrownBy(() -> checkOut(source("trunk", outside), false))
          .isInstanceOf(FetchException.class)
          .hasMessage("subdirectory \"" + outside + "\" leaves the repository");
    }
    for (String link : List.of("escape", "escape/ssl", "link", "README", "none")) {
      assertThatThrownBy(() -> checkOut(source("trunk", link), false))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("subdirectory \"/" + link + "\" is no directory of commit");
    }
  }

  @Test
  void semantics40_keepGitDirGivesAUsableRepository() throws Exception {
    Path copy = kept("trunk");
    assertThat(git(copy, "rev-parse", "HEAD").strip()).isEqualTo(second);
    assertThat(git(copy, "status", "--porcelain")).isEmpty();
  }

  @Test
  void aKeptRepositoryHasTheBranchOrTagThatWasAskedFor() throws Exception {
    git(origin, "tag", "light", second);
    String format = "--format=%(objecttype) %(refname)";
    assertThat(git(kept("v1"), "for-each-ref", format)).isEqualTo("tag refs/tags/v1\n");
    assertThat(git(kept("v1"), "describe", "--tags")).isEqualTo("v1\n");
    assertThat(git(kept("light"), "describe", "--tags")).isEqualTo("light\n");
    assertThat(git(kept("side"), "for-each-ref", format)).isEqualTo("commit refs/heads/side\n");
    assertThat(git(kept(""), "for-each-ref", format)).isEqualTo("commit refs/heads/trunk\n");
    assertThat(git(kept(first), "for-each-ref", format)).isEmpty();
    assertThat(kept("v1").resolve(".git/refs/slipway")).doesNotExist();
  }

  /** What is checked out with its repository, in a new directory. */
  private Path kept(String ref) throws IOException {
    FileTree tree = checkOut(source(ref, ""), true).tree();
    Path copy = Files.createTempDirectory(temp, "copy");
    tree.forEach(
        (path, entry) -> {
          try {
            write(copy.resolve(path.toString().substring(1)), entry);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    return copy;
  }

  private static void write(Path path, Entry entry) throws IOException {
    if (entry instanceof Directory) {
      Files.createDirectories(path);
    } else if (entry instanceof Symlink link) {
      Files.createSymbolicLink(path, Path.of(link.targetText()));
    } else if (entry instanceof RegularFile file) {
      try (InputStream in = file.content().open()) {
        Files.copy(in, path);
      }
      Files.setAttribute(path, "unix:mode", entry.metadata().mode());
    }
  }

  @Test
  void cve2023_26054_credentialsAreNotInTheKeptRepository() throws Exception {
    try (PlainGitServer server = plainServer()) {
      String remote = "http://user:secret@localhost:" + server.port() + "/plain.git";
      GitSource source = new GitSource(remote, "trunk", "", null, true, null);
      Path directory = Files.createDirectory(temp.resolve("kept"));
      FileTree tree = fetcher(false).checkOut(source, false, directory, new Cancellation()).tree();
      assertThat(text(tree, ".git/config")).contains("localhost:" + server.port());
      List<TreePath> files = new ArrayList<>();
      tree.forEach(
          (path, entry) -> {
            if (entry instanceof RegularFile) {
              files.add(path);
            }
          });
      for (TreePath file : files) {
        assertThat(text(tree, file.toString())).doesNotContain("secret");
      }
      GitSource missing = new GitSource(remote + "x", "trunk", "", null, true, null);
      assertThatThrownBy(() -> fetcher(false).resolve(missing, new Cancellation()))
          .isInstanceOf(FetchException.class)
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void credentialsAreSentButShownInNoProcesssArguments() throws Exception {
    try (PlainGitServer server = plainServer()) {
      String remote = "http://user:s%40cret@localhost:" + server.port() + "/plain.git";
      GitSource source = new GitSource(remote, "trunk", "", null, null, null);
      Path directory = Files.createDirectory(temp.resolve("fetched"));
      fetcher(false).checkOut(source, false, directory, new Cancellation());
      String basic =
          Base64.getEncoder().encodeToString("user:s@cret".getBytes(StandardCharsets.UTF_8));
      assertThat(server.authorizations).isNotEmpty().allMatch(("Basic " + basic)::equals);
      assertThat(server.commands)
          .anyMatch(command -> command.contains("/plain.git"))
          .noneMatch(command -> command.contains("cret") || command.contains(basic));
    }
  }

  @Test
  void semantics39_aChecksumIsTheCommitsName() throws Exception {
    GitSource source = source("trunk", "");
    assertThat(checkOut(source.withChecksum(second.substring(0, 12)), false).commit())
        .isEqualTo(second);
    assertThatThrownBy(() -> checkOut(source.withChecksum(first), false))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("is at commit " + second + ", expected " + first);
    assertThatThrownBy(() -> checkOut(source.withChecksum("xyz"), false))
        .hasMessageContaining("expected at least 7 digits of a commit");
  }

  @Test
  void aDaemonIsFetchedFrom() throws Exception {
    try (GitDaemon daemon = new GitDaemon(temp)) {
      GitSource source =
          GitSource.parse("git://localhost:" + daemon.port + "/origin.git#v1:bin").orElseThrow();
      Path directory = Files.createDirectory(temp.resolve("fetched"));
      GitCheckout checkout = fetcher(false).checkOut(source, false, directory, new Cancellation());
      assertThat(checkout.commit()).isEqualTo(first);
      assertThat(checkout.tree().find(TreePath.of("tool"))).isNotNull();
    }
  }

  @Test
  void aPlainHttpServerIsFetchedFrom() throws Exception {
    try (PlainGitServer server = plainServer()) {
      String url = "http://localhost:" + server.port() + "/plain.git#trunk";
      Path directory = Files.createDirectory(temp.resolve("fetched"));
      GitCheckout checkout =
          fetcher(false)
              .checkOut(GitSource.parse(url).orElseThrow(), false, directory, new Cancellation());
      assertThat(text(checkout.tree(), "README")).isEqualTo("two\n");
    }
  }

  @Test
  void semantics40_submodulesAreFetchedUnlessTold() throws Exception {
    Path inner = Files.createDirectory(temp.resolve("inner.git"));
    git(inner, "init", "--quiet", "--initial-branch=trunk");
    Files.writeString(inner.resolve("deep"), "deep\n");
    git(inner, "add", "-A");
    git(inner, "commit", "--quiet", "-m", "inner");
    git(origin, "submodule", "add", "--quiet", "../inner.git", "vendor/inner");
    git(origin, "config", "-f", ".gitmodules", "submodule.vendor/inner.url", "../inner.git");
    commit("with a submodule");
    FileTree tree = checkOut(source("trunk", ""), false).tree();
    assertThat(text(tree, "vendor/inner/deep")).isEqualTo("deep\n");
    FileTree below = checkOut(source("trunk", "vendor"), false).tree();
    assertThat(text(below, "inner/deep")).isEqualTo("deep\n");
    FileTree inside = checkOut(source("trunk", "vendor/inner"), false).tree();
    assertThat(text(inside, "deep")).isEqualTo("deep\n");
    FileTree without =
        checkOut(new GitSource("file://" + origin, "", "", null, null, false), false).tree();
    assertThat(((Directory) without.find(TreePath.of("vendor/inner"))).size()).isZero();
  }

  @Test
  void aChecksumMayBeThatOfAnAnnotatedTag() throws Exception {
    String tag = git(origin, "rev-parse", "v1").strip();
    assertThat(tag).isNotEqualTo(first);
    GitSource source = source("v1", "");
    assertThat(checkOut(source.withChecksum(tag), false).commit()).isEqualTo(first);
    assertThat(checkOut(source.withChecksum(first), false).commit()).isEqualTo(first);
    assertThatThrownBy(() -> checkOut(source.withChecksum(second), false))
        .hasMessageContaining("is at commit " + first);
  }

  @Test
  void aDirectoryIsTheSameInEveryCommitThatDoesNotChangeIt() throws Exception {
    String before = checkOut(source("v1", "bin"), false).directory();
    assertThat(checkOut(source("trunk", "bin"), false).directory()).isEqualTo(before);
    assertThat(checkOut(source("trunk", ""), false).directory())
        .isNotEqualTo(checkOut(source("v1", ""), false).directory());
  }

  @Test
  void cve2022_39253_repositoriesOfThisMachineAreOffByDefault() {
    for (String remote : List.of("file://" + origin, origin.toString())) {
      GitSource source = new GitSource(remote, "trunk", "", null, null, null);
      assertThatThrownBy(() -> fetcher(false).resolve(source, new Cancellation()))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("repositories on this machine are not allowed");
    }
  }

  @Test
  void cve2022_39253_aSubmoduleOfThisMachineIsOffByDefault() throws Exception {
    git(origin, "submodule", "add", "--quiet", origin.toString(), "self");
    commit("with itself");
    try (GitDaemon daemon = new GitDaemon(temp)) {
      GitSource source =
          GitSource.parse("git://localhost:" + daemon.port + "/origin.git").orElseThrow();
      Path directory = Files.createDirectory(temp.resolve("fetched"));
      assertThatThrownBy(
              () -> fetcher(false).checkOut(source, false, directory, new Cancellation()))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("transport 'file' not allowed");
    }
  }

  @Test
  void cve2019_13139_refsAndUrlsAreNeverOptionsOrPrograms() {
    Path marker = temp.resolve("marker");
    List<GitSource> hostile =
        List.of(
            source("--upload-pack=touch " + marker, ""),
            new GitSource("--upload-pack=touch " + marker, "x", "", null, null, null),
            new GitSource("ext::sh -c touch% " + marker, "x", "", null, null, null),
            new GitSource("fd::17", "x", "", null, null, null),
            new GitSource(
                "ssh://-oProxyCommand=touch%20" + marker + "/x", "x", "", null, null, null),
            new GitSource("-oProxyCommand=touch:" + marker, "x", "", null, null, null));
    for (GitSource source : hostile) {
      assertThatThrownBy(() -> checkOut(source, false)).isInstanceOf(FetchException.class);
      assertThatThrownBy(() -> fetcher(true).resolve(source, new Cancellation()))
          .isInstanceOf(FetchException.class);
    }
    assertThat(marker).doesNotExist();
  }

  @Test
  void cve2024_32002_hooksAndFiltersOfARepositoryAreNotRun() throws Exception {
    Path marker = temp.resolve("marker");
    write(".gitattributes", "* filter=evil export-subst\n");
    write(".git-hooks/post-checkout", "#!/bin/sh\ntouch " + marker + "\n");
    write("hooks/post-checkout", "#!/bin/sh\ntouch " + marker + "\n");
    write("hooks/reference-transaction", "#!/bin/sh\ntouch " + marker + "\n");
    commit("evil");
    git(origin, "config", "filter.evil.smudge", "touch " + marker);
    FileTree tree = checkOut(source("trunk", ""), true).tree();
    assertThat(tree.find(TreePath.of("hooks/post-checkout"))).isNotNull();
    assertThat(marker).doesNotExist();
  }

  @Test
  void aCancelledBuildStopsGit() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Cancellation cancellation = new Cancellation();
      GitSource source =
          GitSource.parse("git://localhost:" + silent.getLocalPort() + "/r").orElseThrow();
      Thread canceller =
          new Thread(
              () -> {
                try {
                  silent.accept();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
                cancellation.cancel();
              });
      canceller.start();
      assertThatThrownBy(() -> fetcher(false).resolve(source, cancellation))
          .isInstanceOf(CancelledException.class);
      canceller.join();
    }
  }

  @Test
  void aMissingProgramIsSaid() {
    GitFetcher fetcher =
        new GitFetcher(new GitFetcher.Options(temp.resolve("no-git").toString(), Map.of(), true));
    assertThatThrownBy(() -> fetcher.resolve(source("", ""), new Cancellation()))
        .isInstanceOf(FetchException.class)
        .hasMessageStartingWith("cannot start");
  }
}
