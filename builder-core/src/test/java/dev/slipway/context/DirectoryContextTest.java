package dev.slipway.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.tree.Device;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DirectoryContextTest {
  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(temp.resolve("context"));
  }

  private Path write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private BuildContext context(String... ignore) {
    byte[] lines = String.join("\n", ignore).getBytes(StandardCharsets.UTF_8);
    return BuildContext.directory(root, IgnoreFile.parse(lines, ".dockerignore"), FileDigests.NONE);
  }

  private static List<String> paths(FileTree tree) {
    List<String> paths = new ArrayList<>();
    tree.forEach((path, entry) -> paths.add(path.toString()));
    paths.remove(0);
    return paths;
  }

  private List<String> scanned(String... sources) {
    return paths(context().treeFor(List.of(sources)));
  }

  private static String text(Entry entry) throws IOException {
    try (InputStream in = ((RegularFile) entry).content().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

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
  void linksOutOfTheContextNeverReachHostFiles() throws IOException {
    Files.writeString(temp.resolve("secret"), "host bytes");
    Files.createDirectory(temp.resolve("context2"));
    Files.writeString(temp.resolve("context2/secret"), "host bytes");
    Files.createSymbolicLink(root.resolve("up"), Path.of("../secret"));
    Files.createSymbolicLink(root.resolve("absolute"), temp.resolve("secret"));
    Files.createSymbolicLink(root.resolve("directory"), Path.of("../../.."));
    Files.createSymbolicLink(root.resolve("sibling"), Path.of("../context2"));
    FileTree tree =
        context().treeFor(List.of("up", "absolute", "directory/etc/passwd", "sibling/secret"));
    tree.forEach((path, entry) -> assertThat(entry).isNotInstanceOf(RegularFile.class));
    assertThat(tree.find(TreePath.of("up"))).isInstanceOf(Symlink.class);
  }

  @Test
  void aFileThatBecameALinkIsNotRead() throws IOException {
    Files.writeString(temp.resolve("secret"), "host");
    write("file", "mine");
    Entry entry = context().wholeTree().find(TreePath.of("file"));
    Files.delete(root.resolve("file"));
    Files.createSymbolicLink(root.resolve("file"), temp.resolve("secret"));
    assertThatThrownBy(() -> text(entry)).isInstanceOf(IOException.class);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aDirectoryThatBecameALinkIsNotEntered() throws IOException {
    write("a/b/file", "the same file");
    Files.createDirectory(temp.resolve("outside"));
    Files.createLink(temp.resolve("outside/file"), root.resolve("a/b/file"));
    BuildContext context = context();
    FileTree tree = context.treeFor(List.of("a"));
    for (int i = 0; i < 20; i++) {
      write("others/" + i + "/file", "so many that a/b is not open any more");
    }
    context.treeFor(List.of("others"));
    Files.move(root.resolve("a/b"), root.resolve("a/c"));
    Files.createSymbolicLink(root.resolve("a/b"), temp.resolve("outside"));

    RegularFile file = (RegularFile) tree.find(TreePath.of("a/b/file"));

    assertThatThrownBy(() -> file.content().open()).isInstanceOf(IOException.class);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void noDirectoryStaysOpenInTheEnd() throws IOException {
    for (int i = 0; i < 40; i++) {
      write("d" + i + "/sub/file", "x");
    }
    BuildContext context = context();
    List<RegularFile> files = new ArrayList<>();
    context
        .treeFor(List.of("/"))
        .forEach(
            (path, entry) -> {
              if (entry instanceof RegularFile file) {
                files.add(file);
              }
            });
    for (RegularFile file : files) {
      file.content().open().close();
    }
    assertThat(openBelow(root)).hasSizeBetween(1, 2 * 16);
    context.close();
    assertThat(openBelow(root)).isEmpty();
    files.get(0).content().open().close();
    assertThat(openBelow(root)).isEmpty();
  }

  private static List<Path> openBelow(Path directory) throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      for (Path each : all.toList()) {
        if (Files.isSymbolicLink(each) && Files.readSymbolicLink(each).startsWith(directory)) {
          open.add(each);
        }
      }
    }
    return open;
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void cve2018_15664_whoeverSwapsADirectoryForALinkMeanwhileBringsInNoHostFile() throws Exception {
    write("d/secret", "of the context");
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "of the host");
    Path real = root.resolve("d");
    Path link = Files.createSymbolicLink(temp.resolve("link"), outside);
    AtomicBoolean ended = new AtomicBoolean();
    Thread swapping = swapping(real, link, 0, ended);
    swapping.start();
    List<String> read = new ArrayList<>();
    try {
      for (int i = 0; i < 3000; i++) {
        BuildContext context = context();
        try {
          Entry entry = context.treeFor(List.of("d")).find(TreePath.of("d/secret"));
          if (entry instanceof RegularFile file) {
            try (InputStream in = file.content().open()) {
              read.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
          }
        } catch (IOException | ContextException e) {
          // It changed: that is told.
        } finally {
          context.close();
        }
      }
    } finally {
      ended.set(true);
      swapping.join();
    }
    assertThat(read).isNotEmpty().containsOnly("of the context");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whoeverSwapsADirectoryForALinkMeanwhileShowsNoForeignNames() throws Exception {
    write("d/own", "of the context");
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.createDirectory(outside.resolve("foreign"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), outside);
    AtomicBoolean ended = new AtomicBoolean();
    Thread swapping = swapping(root.resolve("d"), link, 50_000, ended);
    swapping.start();
    Set<String> seen = new TreeSet<>();
    try {
      for (int i = 0; i < 5000; i++) {
        BuildContext context = context();
        try {
          seen.addAll(paths(context.treeFor(List.of("."))));
        } catch (ContextException e) {
          // It changed: that is told.
        } finally {
          context.close();
        }
      }
    } finally {
      ended.set(true);
      swapping.join();
    }
    assertThat(seen).contains("/d/own").allMatch(path -> path.startsWith("/d"));
    assertThat(seen).doesNotContain("/d/foreign");
  }

  /**
   * @param pause nanoseconds for which both stay as they are
   */
  private Thread swapping(Path real, Path link, long pause, AtomicBoolean ended) {
    return new Thread(
        () -> {
          while (!ended.get()) {
            try {
              Files.move(real, temp.resolve("kept"));
              Files.move(link, real);
              LockSupport.parkNanos(pause);
              Files.move(real, link);
              Files.move(temp.resolve("kept"), real);
              LockSupport.parkNanos(pause);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }

  @Test
  void ownersAreRootAndModesAndTimesAreKept() throws IOException {
    Path file = write("bin/tool", "x");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000_000_000, 123)));
    RegularFile tool = (RegularFile) context().wholeTree().find(TreePath.of("bin/tool"));
    assertThat(tool.metadata().mode()).isEqualTo(0751);
    assertThat(tool.metadata().uid()).isZero();
    assertThat(tool.metadata().gid()).isZero();
    assertThat(tool.metadata().mtimeSeconds()).isEqualTo(1_000_000_000);
    assertThat(tool.metadata().mtimeNanos()).isEqualTo(123);
    assertThat(tool.metadata().xattrs().isEmpty()).isTrue();
  }

  @Test
  void semantics25_setuidBitsAreKept() throws IOException {
    Path file = write("su", "x");
    Files.setAttribute(file, "unix:mode", 04755);
    assertThat(context().wholeTree().find(TreePath.of("su")).metadata().mode()).isEqualTo(04755);
  }

  @Test
  void semantics26_extendedAttributesAreDropped() throws IOException {
    Path file = write("f", "x");
    try {
      Files.setAttribute(file, "user:note", "x".getBytes(StandardCharsets.UTF_8));
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "no extended attributes here");
    }
    assertThat(context().wholeTree().find(TreePath.of("f")).metadata().xattrs().isEmpty()).isTrue();
  }

  @Test
  void semantics28_namesOfOneInodeAreOneObject() throws IOException {
    write("a/one", "x");
    Files.createLink(root.resolve("a/two"), root.resolve("a/one"));
    write("a/three", "x");
    BuildContext context = context();
    Entry one = context.treeFor(List.of("a/one")).find(TreePath.of("a/one"));
    FileTree tree = context.wholeTree();
    assertThat(tree.find(TreePath.of("a/one"))).isSameAs(one);
    assertThat(tree.find(TreePath.of("a/two"))).isSameAs(one);
    assertThat(one.linked()).isTrue();
    assertThat(tree.find(TreePath.of("a/three")).linked()).isFalse();
  }

  @Test
  void semantics29_aSocketBecomesAnEmptyFileAndAFifoStays() throws Exception {
    Path fifo = root.resolve("fifo");
    int made = new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
    assumeTrue(made == 0, "no mkfifo here");
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(root.resolve("socket")));
      FileTree tree = context().wholeTree();
      assertThat(((RegularFile) tree.find(TreePath.of("socket"))).size()).isZero();
      assertThat(((Device) tree.find(TreePath.of("fifo"))).type()).isEqualTo(Device.Type.FIFO);
    }
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
    assertThat(paths(context("**/.wh.*").wholeTree())).containsExactly("/a", "/b", "/b/y");
  }

  @Test
  void semantics94_anIgnoredDockerfileIsNotSeen() throws IOException {
    write("Dockerfile", "");
    write(".dockerignore", "");
    write("x", "");
    assertThat(paths(context("Dockerfile", ".dockerignore").wholeTree())).containsExactly("/x");
  }

  @Test
  void semantics96_anIgnoredFileIsNotFound() throws IOException {
    write("docs/a", "");
    write("docs/README", "");
    BuildContext context = context("docs", "!docs/README");
    assertThat(context.treeFor(List.of("docs/a")).find(TreePath.of("docs/a"))).isNull();
    assertThat(context.treeFor(List.of("docs/README")).find(TreePath.of("docs/README")))
        .isNotNull();
    assertThat(paths(context.wholeTree())).containsExactly("/docs", "/docs/README");
  }

  @Test
  void anIgnoredDirectoryThatKeepsNothingIsNotThere() throws IOException {
    write("docs/a", "");
    assertThat(paths(context("docs", "!docs/README").wholeTree())).isEmpty();
    assertThat(paths(context("*", "!**/keep").treeFor(List.of("docs")))).isEmpty();
  }

  @Test
  void anIgnoredDirectoryIsNotOpened() throws IOException {
    write("closed/x", "");
    write("open/x", "");
    Path closed = root.resolve("closed");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assertThat(paths(context("closed").wholeTree())).containsExactly("/open", "/open/x");
      assumeTrue(!Files.isReadable(closed), "root can read everything");
      assertThatThrownBy(() -> context().wholeTree())
          .isInstanceOf(ContextException.class)
          .hasMessage("cannot read \"" + closed.toRealPath() + "\": permission denied");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void namesThatAreNoUtf8Survive() throws IOException {
    String base = root.toUri().getRawPath();
    Path strange = Path.of(URI.create("file://" + base + "d%E9j%C3%A0%25%20%FF/x%80"));
    Files.createDirectories(strange.getParent());
    Files.writeString(strange, "strange");
    Files.createSymbolicLink(root.resolve("link"), root.relativize(strange));
    FileTree tree = context().wholeTree();
    byte[] path = {
      'd', (byte) 0xE9, 'j', (byte) 0xC3, (byte) 0xA0, '%', ' ', (byte) 0xFF, '/', 'x', (byte) 0x80
    };
    assertThat(text(tree.find(TreePath.ofBytes(path)))).isEqualTo("strange");
    assertThat(((Symlink) tree.find(TreePath.of("link"))).target()).isEqualTo(path);
  }

  @Test
  void targetsOfLinksAreKeptAsTheyAreWritten() throws IOException {
    for (String target : List.of("a//b/./../c/", "/", "..", "caf\u00e9/", "/caf\u00e9", "x y%z")) {
      Path link = root.resolve("link");
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, Path.of(target));
      // What NIO itself tidied when it made the link does not matter here.
      String made = Files.readSymbolicLink(link).toString();
      Symlink read = (Symlink) context().wholeTree().find(TreePath.of("link"));
      assertThat(read.targetText()).isEqualTo(made);
    }
  }

  @Test
  void aFileThatChangesWhileItIsReadIsAnError() throws IOException {
    write("grows", "1");
    write("same-size", "1");
    FileTree tree = context().wholeTree();
    Files.writeString(root.resolve("grows"), "12");
    Files.writeString(root.resolve("same-size"), "2");
    assertThatThrownBy(() -> text(tree.find(TreePath.of("grows"))))
        .hasMessageEndingWith("grows\" changed while being read");
    assertThatThrownBy(() -> text(tree.find(TreePath.of("same-size"))))
        .hasMessageEndingWith("same-size\" changed while being read");
  }

  @Test
  void aFileThatChangedIsAnErrorForWhoReadsAPartOfItToo() throws IOException {
    write("archive", "one two");
    RegularFile file = (RegularFile) context().wholeTree().find(TreePath.of("archive"));
    Files.writeString(root.resolve("archive"), "one owt");
    InputStream in = file.content().open();
    in.skipNBytes(4);
    assertThat(in.readNBytes(2)).asString(StandardCharsets.UTF_8).isEqualTo("ow");
    assertThatThrownBy(in::close).hasMessageEndingWith("archive\" changed while being read");
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
    RegularFile file = (RegularFile) first.wholeTree().find(TreePath.of("f"));
    assertThat(file.content().digestIfKnown()).isNull();
    String sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertThat(((HostFileContent) file.content()).digest()).isEqualTo(sha256);
    BuildContext second = BuildContext.directory(root, IgnoreFile.NONE, digests);
    RegularFile again = (RegularFile) second.wholeTree().find(TreePath.of("f"));
    assertThat(again.content().digestIfKnown()).isEqualTo(sha256);
    assertThat(again.content()).isEqualTo(file.content());
    Files.writeString(root.resolve("f"), "abd");
    BuildContext third = BuildContext.directory(root, IgnoreFile.NONE, digests);
    RegularFile changed = (RegularFile) third.wholeTree().find(TreePath.of("f"));
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
