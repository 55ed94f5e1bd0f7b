package dev.slipway.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.tree.Device;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
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
import java.util.List;
import org.junit.jupiter.api.Test;

/** What files of the host become in a context. */
class HostEntriesTest extends DirectoryContextFixture {
  @Test
  void ownersAreRootAndModesAndTimesAreKept() throws IOException {
    Path file = write("bin/tool", "x");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000_000_000, 123)));
    RegularFile tool = (RegularFile) wholeTree(context()).find(TreePath.of("bin/tool"));
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
    assertThat(wholeTree(context()).find(TreePath.of("su")).metadata().mode()).isEqualTo(04755);
  }

  @Test
  void semantics26_extendedAttributesAreDropped() throws IOException {
    Path file = write("f", "x");
    try {
      Files.setAttribute(file, "user:note", "x".getBytes(StandardCharsets.UTF_8));
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "no extended attributes here");
    }
    assertThat(wholeTree(context()).find(TreePath.of("f")).metadata().xattrs().isEmpty()).isTrue();
  }

  @Test
  void semantics28_namesOfOneInodeAreOneObject() throws IOException {
    write("a/one", "x");
    Files.createLink(root.resolve("a/two"), root.resolve("a/one"));
    write("a/three", "x");
    BuildContext context = context();
    Entry one = context.treeFor(List.of("a/one")).find(TreePath.of("a/one"));
    FileTree tree = wholeTree(context);
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
      FileTree tree = wholeTree(context());
      assertThat(((RegularFile) tree.find(TreePath.of("socket"))).size()).isZero();
      assertThat(((Device) tree.find(TreePath.of("fifo"))).type()).isEqualTo(Device.Type.FIFO);
    }
  }

  @Test
  void namesThatAreNoUtf8Survive() throws IOException {
    String base = root.toUri().getRawPath();
    Path strange = Path.of(URI.create("file://" + base + "d%E9j%C3%A0%25%20%FF/x%80"));
    Files.createDirectories(strange.getParent());
    Files.writeString(strange, "strange");
    Files.createSymbolicLink(root.resolve("link"), root.relativize(strange));
    FileTree tree = wholeTree(context());
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
      Symlink read = (Symlink) wholeTree(context()).find(TreePath.of("link"));
      assertThat(read.targetText()).isEqualTo(made);
    }
  }
}
