package dev.slipway.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What of a directory is scanned, ignored and refused. */
class DirectoryContextTest extends DirectoryContextFixture {
  @Test
  void theContextItselfIsOpenToAll() throws IOException {
    write("f", "f");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    try (BuildContext context = context()) {
      assertThat(context.treeFor(List.of(".")).root().metadata().mode()).isEqualTo(0755);
    }
  }

  @Test
  void onlyWhatASourceNamesIsScanned() throws IOException {
    write("a/one", "1");
    write("a/two", "2");
    write("b/deep/three", "3");
    write("four", "4");
    assertThat(scanned("a")).containsExactly("/a", "/a/one", "/a/two");
    assertThat(scanned("a/one")).containsExactly("/a", "/a/one");
    assertThat(scanned("./b/../four")).contains("/four").doesNotContain("/a", "/b/deep");
    assertThat(scanned("../four")).containsExactly("/four");
    assertThat(scanned("/b/deep/")).containsExactly("/b", "/b/deep", "/b/deep/three");
    assertThat(scanned(".")).hasSize(7);
  }

  @Test
  void aWildcardScansWhatItMatches() throws IOException {
    write("a1/x", "");
    write("a2/x", "");
    write("b/x", "");
    write("c.txt", "");
    assertThat(scanned("a*")).contains("/a1/x", "/a2/x").doesNotContain("/b/x");
    assertThat(scanned("*/x")).contains("/a1/x", "/a2/x", "/b/x");
    assertThat(scanned("[ab]/x")).contains("/b/x").doesNotContain("/a1/x");
    assertThat(scanned("**/x")).contains("/a1/x", "/a2/x", "/b/x", "/c.txt");
    assertThat(scanned("[")).isNotNull();
  }

  @Test
  void aMissingSourceScansTheNamesBesideIt() throws IOException {
    write("d/Makefile", "");
    write("d/sub/x", "");
    assertThat(scanned("d/makefile")).containsExactly("/d", "/d/Makefile", "/d/sub");
  }

  @Test
  void linksOnTheWayAndAtTheEndAreFollowedInsideTheContext() throws IOException {
    write("real/deep/file", "x");
    Files.createSymbolicLink(root.resolve("way"), Path.of("real"));
    Files.createSymbolicLink(root.resolve("end"), Path.of("way/deep"));
    Files.createSymbolicLink(root.resolve("absolute"), Path.of("/real/deep"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    assertThat(scanned("way/deep/file")).contains("/way", "/real/deep/file");
    assertThat(scanned("end")).contains("/end", "/way", "/real/deep/file");
    assertThat(scanned("absolute/file")).contains("/absolute", "/real/deep/file");
    assertThat(scanned("w*/deep")).contains("/real/deep/file");
    assertThat(scanned("loop")).containsExactly("/loop");
  }

  @Test
  void aLinkInADirectoryThatWasScannedBeforeIsFollowedToo() throws IOException {
    write("other/file", "x");
    Files.createDirectory(root.resolve("a"));
    Files.createSymbolicLink(root.resolve("a/link"), Path.of("../other"));
    BuildContext context = context();
    assertThat(paths(context.treeFor(List.of("a")))).containsExactly("/a", "/a/link");
    assertThat(paths(context.treeFor(List.of("a/link/file")))).contains("/other/file");
  }

  @Test
  void semantics34_namesThatWouldBeDeletionsAreRefusedWhereTheyWouldBeCopied() throws IOException {
    write("a/.wh.x", "");
    write("b/y", "");
    assertThat(scanned("b")).containsExactly("/b", "/b/y");
    assertThatThrownBy(() -> scanned("a"))
        .isInstanceOf(ContextException.class)
        .hasMessageContaining("/.wh.x\" cannot be copied");
    assertThatThrownBy(() -> scanned("a/.wh.x")).isInstanceOf(ContextException.class);
    assertThat(paths(wholeTree(context("**/.wh.*")))).containsExactly("/a", "/b", "/b/y");
  }

  @Test
  void semantics94_anIgnoredDockerfileIsNotSeen() throws IOException {
    write("Dockerfile", "");
    write(".dockerignore", "");
    write("x", "");
    assertThat(paths(wholeTree(context("Dockerfile", ".dockerignore")))).containsExactly("/x");
  }

  @Test
  void semantics96_anIgnoredFileIsNotFound() throws IOException {
    write("docs/a", "");
    write("docs/README", "");
    BuildContext context = context("docs", "!docs/README");
    assertThat(context.treeFor(List.of("docs/a")).find(TreePath.of("docs/a"))).isNull();
    assertThat(context.treeFor(List.of("docs/README")).find(TreePath.of("docs/README")))
        .isNotNull();
    assertThat(paths(wholeTree(context))).containsExactly("/docs", "/docs/README");
  }

  @Test
  void anIgnoredDirectoryThatKeepsNothingIsNotThere() throws IOException {
    write("docs/a", "");
    assertThat(paths(wholeTree(context("docs", "!docs/README")))).isEmpty();
    assertThat(paths(context("*", "!**/keep").treeFor(List.of("docs")))).isEmpty();
  }

  @Test
  void anIgnoredDirectoryIsNotOpened() throws IOException {
    write("closed/x", "");
    write("open/x", "");
    Path closed = root.resolve("closed");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assertThat(paths(wholeTree(context("closed")))).containsExactly("/open", "/open/x");
      assumeTrue(!Files.isReadable(closed), "root can read everything");
      assertThatThrownBy(() -> wholeTree(context()))
          .isInstanceOf(ContextException.class)
          .hasMessage("cannot read \"" + closed.toRealPath() + "\": permission denied");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void digestsAreRemembered() throws IOException {
    write("f", "abc");
    Map<HostFileIdentity, String> memo = new ConcurrentHashMap<>();
    FileDigests digests =
        new FileDigests() {
          @Override
          public String find(HostFileIdentity file) {
            return memo.get(file);
          }

          @Override
          public void remember(HostFileIdentity file, String sha256) {
            memo.put(file, sha256);
          }
        };
    BuildContext first = BuildContext.directory(root, IgnoreFile.NONE, digests);
    RegularFile file = (RegularFile) wholeTree(first).find(TreePath.of("f"));
    assertThat(file.content().digestIfKnown()).isNull();
    String sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertThat(((HostFileContent) file.content()).digest()).isEqualTo(sha256);
    BuildContext second = BuildContext.directory(root, IgnoreFile.NONE, digests);
    RegularFile again = (RegularFile) wholeTree(second).find(TreePath.of("f"));
    assertThat(again.content().digestIfKnown()).isEqualTo(sha256);
    assertThat(again.content()).isEqualTo(file.content());
    Files.writeString(root.resolve("f"), "abd");
    BuildContext third = BuildContext.directory(root, IgnoreFile.NONE, digests);
    RegularFile changed = (RegularFile) wholeTree(third).find(TreePath.of("f"));
    assertThat(changed.content().digestIfKnown()).isNull();
    assertThat(changed.content()).isNotEqualTo(file.content());
  }

  @Test
  void aContextMustBeADirectory() throws IOException {
    Path file = write("f", "");
    assertThatThrownBy(() -> BuildContext.directory(file, IgnoreFile.NONE, FileDigests.NONE))
        .hasMessage("build context \"" + file + "\" is no directory");
    Path none = root.resolve("none");
    assertThatThrownBy(() -> BuildContext.directory(none, IgnoreFile.NONE, FileDigests.NONE))
        .hasMessage("build context \"" + none + "\" not found");
  }
}
