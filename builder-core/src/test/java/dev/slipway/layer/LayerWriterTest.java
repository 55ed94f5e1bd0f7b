package dev.slipway.layer;

import static dev.slipway.tree.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.Trees;
import dev.slipway.tree.Xattrs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

/** commons-compress reads what we write. */
class LayerWriterTest {
  @Test
  void anEmptyLayerIsTwoEmptyBlocks() throws IOException {
    assertThat(write(ChangeSet.EMPTY)).isEqualTo(new byte[1024]);
  }

  @Test
  void filesDirectoriesAndLinksAreReadBackByAnotherReader() throws IOException {
    FileTree tree =
        tree("a/", "640 5:6 a/f = hello", "a/g => a/f", "777 0:0 a/l -> ../x", "b/", "b/c = z");
    assertThat(entries(write(changes(tree))))
        .containsExactly(
            "5 755 0:0 1000 a/",
            "0 640 5:6 1000 a/f hello",
            "1 640 5:6 1000 a/g -> a/f",
            "2 777 0:0 1000 a/l -> ../x",
            "5 755 0:0 1000 b/",
            "0 644 0:0 1000 b/c z");
  }

  @Test
  void longNamesUseThePrefixOrPax() throws IOException {
    String splits = "d".repeat(90) + "/" + "f".repeat(90);
    String long1 = "n".repeat(101);
    String link = "l".repeat(150);
    FileTree tree = tree(splits, long1, "über", "777 0:0 s -> " + link, "777 0:0 t -> é");
    byte[] tar = write(changes(tree));
    assertThat(entries(tar))
        .contains(
            "0 644 0:0 1000 " + splits + " ",
            "0 644 0:0 1000 " + long1 + " ",
            "0 644 0:0 1000 über ",
            "2 777 0:0 1000 s -> " + link,
            "2 777 0:0 1000 t -> é");
    assertThat(read(tar)).isEqualTo(Trees.lines(changes(tree)));
  }

  @Test
  void numbersThatUstarCannotHoldUsePax() throws IOException {
    Metadata metadata = new Metadata(0600, -2, 3_000_000, -5, 7, Xattrs.EMPTY);
    ChangeSet changes =
        ChangeSet.of(
            List.of(new Change.Put(TreePath.of("d"), new Directory(metadata, Origin.NONE))));
    byte[] tar = write(changes);
    try (TarArchiveInputStream in = open(tar)) {
      TarArchiveEntry entry = in.getNextEntry();
      assertThat(entry.getLongUserId()).isEqualTo(0xffff_fffeL);
      assertThat(entry.getLongGroupId()).isEqualTo(3_000_000);
      assertThat(entry.getLastModifiedTime().to(TimeUnit.SECONDS)).isEqualTo(-5);
    }
    Change.Put put = (Change.Put) readChanges(tar).get(0);
    assertThat(put.entry().metadata()).isEqualTo(metadata.withMtime(-5, 0));
  }

  @Test
  void binaryXattrsSurvive() throws IOException {
    byte[] capability = {1, 0, 0, 2, 0, 0x20, 0, 0, '\n', (byte) 0xff, 0, 0};
    Xattrs xattrs =
        Xattrs.of(Map.of("security.capability", capability, "user.é", new byte[] {'v'}));
    Metadata metadata = Metadata.of(0755, 9).withXattrs(xattrs);
    RegularFile file = new RegularFile(metadata, Origin.NONE, BytesContent.of("x"));
    byte[] tar = write(ChangeSet.of(List.of(new Change.Put(TreePath.of("bin"), file))));
    Change.Put put = (Change.Put) readChanges(tar).get(0);
    assertThat(put.entry().metadata()).isEqualTo(metadata);
    assertThat(put.entry().metadata().xattrs().get("security.capability")).isEqualTo(capability);
  }

  @Test
  void deletionsAreWhiteoutsBesideAndOpaqueMarksInside() throws IOException {
    ChangeSet changes =
        ChangeSet.of(
            List.of(
                new Change.Whiteout(TreePath.of("etc/gone")),
                new Change.Opaque(TreePath.of("var")),
                new Change.Put(
                    TreePath.of("var"), new Directory(Metadata.of(0700, 1), Origin.NONE)),
                new Change.Put(
                    TreePath.of("var/f"),
                    new RegularFile(Metadata.of(0600, 1), Origin.NONE, BytesContent.EMPTY)),
                new Change.Opaque(TreePath.of("z"))));
    byte[] tar = write(changes);
    assertThat(entries(tar))
        .containsExactly(
            "0 0 0:0 0 etc/.wh.gone ",
            "5 700 0:0 1 var/",
            "0 0 0:0 0 var/.wh..wh..opq ",
            "0 600 0:0 1 var/f ",
            "0 0 0:0 0 z/.wh..wh..opq ");
    assertThat(read(tar)).isEqualTo(Trees.lines(changes));
  }

  @Test
  void devicesKeepTheirNumbers() throws IOException {
    ChangeSet changes =
        ChangeSet.of(
            List.of(
                device("b", Device.Type.BLOCK, 8, 1),
                device("c", Device.Type.CHARACTER, 1, 3_000_000),
                device("p", Device.Type.FIFO, 0, 0)));
    byte[] tar = write(changes);
    assertThat(read(tar)).isEqualTo(Trees.lines(changes));
    try (TarArchiveInputStream in = open(tar)) {
      assertThat(in.getNextEntry().getDevMajor()).isEqualTo(8);
      assertThat(in.getNextEntry().getDevMinor()).isEqualTo(3_000_000);
      assertThat(in.getNextEntry().isFIFO()).isTrue();
    }
  }

  private static Change device(String path, Device.Type type, int major, int minor) {
    return new Change.Put(
        TreePath.of(path), new Device(Metadata.of(0600, 1), Origin.NONE, type, major, minor));
  }

  @Test
  void item34aFileWithTheNameOfAWhiteoutIsRefused() {
    assertThatThrownBy(() -> write(changes(tree("d/", "d/.wh.foo"))))
        .isInstanceOf(LayerException.class)
        .hasMessage(
            "cannot put the file \"/d/.wh.foo\" into a layer: its name means a deletion there");
  }

  @Test
  void aFileThatGrewOrShrankIsRefused() {
    for (int size : new int[] {2, 4, 1}) {
      RegularFile file =
          new RegularFile(Metadata.of(0644, 1), Origin.NONE, size, BytesContent.of("abc"), false);
      ChangeSet changes = ChangeSet.of(List.of(new Change.Put(TreePath.of("f"), file)));
      assertThatThrownBy(() -> write(changes)).hasMessageContaining("changed while it was read");
    }
  }

  @Test
  void item101eachNameOfALinkedFileStaysWhole() throws IOException {
    FileTree lower = tree("a = x", "b => a");
    FileTree upper = lower.apply(ChangeSet.of(List.of(new Change.Whiteout(TreePath.of("a")))));
    ChangeSet changes = ChangeSet.between(lower, upper);
    FileTree rebuilt = lower.apply(readChanges(write(changes)));
    assertThat(Trees.lines(rebuilt)).containsExactly("644 0:0 b = x");
  }

  @Test
  void hardLinkedSymlinksAndDevicesStayLinked() throws IOException {
    Symlink link = new Symlink(Metadata.of(0777, 1), Origin.NONE, "t").withLinked(true);
    ChangeSet changes =
        ChangeSet.of(
            List.of(
                new Change.Put(TreePath.of("a"), link), new Change.Put(TreePath.of("b"), link)));
    ChangeSet read = readChanges(write(changes));
    assertThat(((Change.Put) read.get(0)).entry()).isSameAs(((Change.Put) read.get(1)).entry());
  }

  @Test
  void namesThatAreNotUtf8AreKeptAsBytes() throws IOException {
    TreePath path = TreePath.ofBytes(new byte[] {'c', 'a', 'f', (byte) 0xe9});
    RegularFile file = new RegularFile(Metadata.of(0644, 1), Origin.NONE, BytesContent.EMPTY);
    ChangeSet read = readChanges(write(ChangeSet.of(List.of(new Change.Put(path, file)))));
    assertThat(read.get(0).path()).isEqualTo(path);
  }

  static ChangeSet changes(FileTree tree) {
    return ChangeSet.between(FileTree.EMPTY, tree);
  }

  static byte[] write(ChangeSet changes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LayerWriter.write(changes, out);
    return out.toByteArray();
  }

  static ChangeSet readChanges(byte[] tar) throws IOException {
    return LayerReader.readChanges(
        new ByteArrayInputStream(tar),
        LayerReadOptions.layer(Origin.NONE),
        (path, size, offset, body) -> kept(size, offset, body, tar));
  }

  private static Content kept(long size, long offset, InputStream body, byte[] tar)
      throws IOException {
    byte[] bytes = body.readAllBytes();
    assertThat(bytes.length).isEqualTo((int) size);
    assertThat(bytes).isEqualTo(Arrays.copyOfRange(tar, (int) offset, (int) (offset + size)));
    return new BytesContent(bytes);
  }

  private static List<String> read(byte[] tar) throws IOException {
    return Trees.lines(readChanges(tar));
  }

  private static TarArchiveInputStream open(byte[] tar) throws IOException {
    return new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8");
  }

  private static List<String> entries(byte[] tar) throws IOException {
    List<String> lines = new ArrayList<>();
    try (TarArchiveInputStream in = open(tar)) {
      for (TarArchiveEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        String line =
            "%c %o %d:%d %d %s"
                .formatted(
                    (char) e.getLinkFlag(),
                    e.getMode() & 07777,
                    e.getLongUserId(),
                    e.getLongGroupId(),
                    e.getLastModifiedTime().to(TimeUnit.SECONDS),
                    e.getName());
        if (e.isLink() || e.isSymbolicLink()) {
          line += " -> " + e.getLinkName();
        } else if (!e.isDirectory()) {
          line += " " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(e.getUserName() + e.getGroupName()).isEmpty();
        lines.add(line);
      }
    }
    return lines;
  }
}
