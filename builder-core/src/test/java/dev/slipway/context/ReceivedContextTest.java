package dev.slipway.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedContextTest {
  private static final long LIMIT = 10_000_000;

  @TempDir Path temp;
  private Path directory;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectory(temp.resolve("spool"));
  }

  private void file(String name, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    entry.setIds(1000, 1000);
    entry.setMode(04755);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private void link(String name, byte kind, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private byte[] archive() throws IOException {
    tar.close();
    return bytes.toByteArray();
  }

  private ReceivedContext read(byte[] stream) {
    return ReceivedContext.read(new ByteArrayInputStream(stream), directory, LIMIT);
  }

  private FileTree tree() throws IOException {
    return ((ReceivedContext.Archive) read(archive())).tree();
  }

  private static String text(Entry entry) throws IOException {
    try (InputStream in = ((RegularFile) entry).content().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void anArchiveBecomesATreeThatKeepsItsOwners() throws IOException {
    file("Dockerfile", "FROM scratch");
    file("./src/main.c", "int main;");
    link("src/same.c", TarConstants.LF_LINK, "src/main.c");
    FileTree tree = tree();
    Entry main = tree.find(TreePath.of("src/main.c"));
    assertThat(text(main)).isEqualTo("int main;");
    assertThat(main.metadata().mode()).isEqualTo(04755);
    assertThat(main.metadata().uid()).isEqualTo(1000);
    assertThat(tree.find(TreePath.of("src/same.c"))).isSameAs(main);
    DockerfileText found = DockerfileLookup.inTree(tree, "Dockerfile");
    assertThat(found.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("FROM scratch");
    assertThatThrownBy(() -> DockerfileLookup.inTree(tree, "dockerfil"))
        .isInstanceOf(ContextException.class)
        .extracting(e -> ((BuildException) e).hint())
        .isEqualTo("did you mean \"Dockerfile\"?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bzip2", "xz", "zstd"})
  void compressionIsFoundByContent(String format) throws Exception {
    file("f", "x");
    byte[] plain = archive();
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out =
        new CompressorStreamFactory().createCompressorOutputStream(format, compressed)) {
      out.write(plain);
    }
    FileTree tree = ((ReceivedContext.Archive) read(compressed.toByteArray())).tree();
    assertThat(text(tree.find(TreePath.of("f")))).isEqualTo("x");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("context.tar");
    }
  }

  @Test
  void anArchiveThatIsNotCompressedIsKeptOnce() throws IOException {
    file("f", "x");
    assertThat(text(tree().find(TreePath.of("f")))).isEqualTo("x");
    assertThat(directory).isDirectoryContaining("glob:**/received");
    assertThat(directory).isDirectoryNotContaining("glob:**/context.tar");
  }

  @Test
  void whatIsNoArchiveIsADockerfile() {
    byte[] text = "FROM scratch\nCOPY . /\n".getBytes(StandardCharsets.UTF_8);
    assertThat(((ReceivedContext.Dockerfile) read(text)).text()).isEqualTo(text);
    assertThat(read(new byte[0])).isInstanceOf(ReceivedContext.Dockerfile.class);
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "a/../../x", "/x", "a/../../../../../../tmp/x"})
  void cve2026_28406_membersNeverLandOutside(String name) throws IOException {
    file("first", "1");
    file(name, "evil");
    try {
      FileTree tree = tree();
      // A tree has nothing outside; what is left is a name below the root.
      tree.forEach((path, entry) -> assertThat(path.toString()).doesNotContain(".."));
    } catch (BuildException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
    try (Stream<Path> files = Files.walk(temp)) {
      assertThat(files.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
          .isSubsetOf("received", "context.tar");
    }
  }

  @Test
  void ghsa_49p4_linksNeverBringHostFiles() throws IOException {
    link("passwd", TarConstants.LF_SYMLINK, "/etc/passwd");
    link("up", TarConstants.LF_SYMLINK, "../../../../../../etc");
    FileTree tree = tree();
    BuildContext context = BuildContext.ofTree(tree);
    FileTree found = context.treeFor(List.of("passwd", "up/passwd"));
    found.forEach((path, entry) -> assertThat(entry).isNotInstanceOf(RegularFile.class));
    assertThat(tree.find(TreePath.of("passwd"))).isInstanceOf(Symlink.class);
  }

  @Test
  void semantics34_whiteoutNamesAreRefusedWhereTheyWouldBeCopied() throws IOException {
    file("a/.wh.x", "");
    file("b/y", "");
    BuildContext context = BuildContext.ofTree(tree());
    assertThat(context.treeFor(List.of("b")).find(TreePath.of("b/y"))).isNotNull();
    for (String source : List.of("a", ".", "*", "a/.wh.x")) {
      assertThatThrownBy(() -> context.treeFor(List.of(source)))
          .isInstanceOf(ContextException.class)
          .hasMessageContaining("\"/a/.wh.x\" cannot be copied");
    }
  }

  @Test
  void aBombStopsAtTheLimit() throws Exception {
    file("zeros", "\0".repeat(20_000_000));
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out =
        new CompressorStreamFactory().createCompressorOutputStream("gz", compressed)) {
      out.write(archive());
    }
    assertThatThrownBy(() -> read(compressed.toByteArray())).isInstanceOf(BuildException.class);
    byte[] large = new byte[(int) LIMIT + 1];
    new Random(1).nextBytes(large);
    assertThatThrownBy(() -> read(large))
        .isInstanceOf(ContextException.class)
        .hasMessage("build context is larger than 10000000 bytes");
  }
}
