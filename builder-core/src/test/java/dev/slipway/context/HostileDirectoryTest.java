package dev.slipway.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What links lead to, and what changes while it is read, brings in nothing of the host. */
class HostileDirectoryTest extends DirectoryContextFixture {
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
    Entry entry = wholeTree(context()).find(TreePath.of("file"));
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
  void aFileThatChangesWhileItIsReadIsAnError() throws IOException {
    write("grows", "1");
    write("same-size", "1");
    FileTree tree = wholeTree(context());
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
    RegularFile file = (RegularFile) wholeTree(context()).find(TreePath.of("archive"));
    Files.writeString(root.resolve("archive"), "one owt");
    InputStream in = file.content().open();
    in.skipNBytes(4);
    assertThat(in.readNBytes(2)).asString(StandardCharsets.UTF_8).isEqualTo("ow");
    assertThatThrownBy(in::close).hasMessageEndingWith("archive\" changed while being read");
  }
}
