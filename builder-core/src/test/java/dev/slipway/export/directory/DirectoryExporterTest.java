package dev.slipway.export.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.export.ExportListener;
import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.OutputTarget;
import dev.slipway.export.OutputWriting;
import dev.slipway.export.SampleImage;
import dev.slipway.progress.Cancellation;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryExporterTest {
  private static final Metadata PLAIN = Metadata.of(0644, 1_000_000_000);

  @TempDir Path directory;

  private static RegularFile file(String text) {
    return new RegularFile(
        PLAIN, Origin.NONE, new BytesContent(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Change.Put put(String path, Entry entry) {
    return new Change.Put(TreePath.of(path), entry);
  }

  private static FileTree tree(Change... changes) {
    return FileTree.EMPTY.apply(ChangeSet.of(List.of(changes)));
  }

  private ExportResult export(FileTree tree, Path destination) throws IOException {
    return export(SampleImage.single("one"), tree, destination);
  }

  private static ExportResult export(ExportedImages images, FileTree tree, Path destination) {
    try (DirectoryExporter exporter =
        new DirectoryExporter(
            destination,
            PlatformSplit.OF_SEVERAL,
            image -> tree,
            new OutputWriting(ExportListener.SILENT, new Cancellation()))) {
      return exporter.commit(images);
    }
  }

  @Test
  void filesHaveTheirModesTimesAndLinks() throws IOException {
    RegularFile linked = file("linked").withLinked(true);
    FileTree tree =
        tree(
            put("a", linked),
            put("b", linked),
            put("closed", new Directory(PLAIN.withMode(0500), Origin.NONE)),
            put("closed/f", file("f").withMetadata(PLAIN.withMode(0400))),
            put("setuid", file("s").withMetadata(PLAIN.withMode(04111))),
            put("to", new Symlink(PLAIN, Origin.NONE, "/nowhere")));
    Path destination = directory.resolve("new/rootfs");

    ExportResult result = export(tree, destination);

    assertThat(result.notices()).isEmpty();
    assertThat(Files.getAttribute(destination.resolve("a"), "unix:ino"))
        .isEqualTo(Files.getAttribute(destination.resolve("b"), "unix:ino"));
    assertThat(mode(destination.resolve("setuid"))).isEqualTo(04111);
    assertThat(mode(destination.resolve("closed"))).isEqualTo(0500);
    assertThat(Files.getLastModifiedTime(destination.resolve("closed")).toMillis())
        .isEqualTo(1_000_000_000_000L);
    assertThat(Files.readSymbolicLink(destination.resolve("to"))).hasToString("/nowhere");
    assertThat(destination.getParent().toFile().list()).containsExactly("rootfs");
  }

  private static int mode(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
  }

  @Test
  void devicesAreNamedAndLeftOut() throws IOException {
    FileTree tree = tree(put("null", new Device(PLAIN, Origin.NONE, Device.Type.CHARACTER, 1, 3)));

    assertThat(export(tree, directory.resolve("out")).notices())
        .containsExactly(
            "skipped the character device /null: only files, directories, links and pipes are written");
    assertThat(directory.resolve("out")).isEmptyDirectory();
  }

  @Test
  void pipesAreMadeWithTheirModesAndTimes() throws IOException {
    Metadata metadata = PLAIN.withMode(0020).withMtime(1_000_000_000, 5);
    Device pipe = new Device(metadata, Origin.NONE, Device.Type.FIFO, 0, 0);
    Device twice = new Device(metadata, Origin.NONE, Device.Type.FIFO, 0, 0, true);
    Metadata folder = Metadata.of(0755, 1_500_000_000);
    FileTree tree =
        tree(
            put("d", new Directory(folder, Origin.NONE)),
            put("d/one", pipe),
            put("d/two", twice),
            put("d/two-again", twice),
            put("e", pipe));
    Path destination = directory.resolve("out");

    ExportResult result = export(tree, destination);
    // once more, over those that are there
    export(tree, destination);

    assertThat(result.notices()).isEmpty();
    for (String name : List.of("d/one", "d/two", "d/two-again", "e")) {
      Path made = destination.resolve(name);
      assertThat((Integer) Files.getAttribute(made, "unix:mode")).isEqualTo(0010020);
      assertThat(Files.getLastModifiedTime(made).toInstant())
          .isEqualTo(Instant.ofEpochSecond(1_000_000_000, 5));
    }
    assertThat(Files.getAttribute(destination.resolve("d/two"), "unix:nlink")).isEqualTo(2);
    assertThat(Files.getLastModifiedTime(destination.resolve("d")).toInstant())
        .isEqualTo(Instant.ofEpochSecond(1_500_000_000));
  }

  @Test
  void linksThatLieThereAreReplacedNotFollowed() throws IOException { // GHSA-g2h8-426c-7976
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Path victim = outside.resolve("f");
    Files.writeString(victim, "safe");
    Path destination = Files.createDirectory(directory.resolve("out"));
    Files.createSymbolicLink(destination.resolve("d"), outside);
    Files.createSymbolicLink(destination.resolve("f"), victim);
    Files.writeString(destination.resolve("kept"), "kept");

    export(
        tree(
            put("d", new Directory(Metadata.of(0755, 0), Origin.NONE)),
            put("d/f", file("new")),
            put("f", file("new"))),
        destination);

    assertThat(victim).hasContent("safe");
    assertThat(outside.toFile().list()).containsExactly("f");
    assertThat(destination.resolve("d/f")).hasContent("new");
    assertThat(destination.resolve("f")).isRegularFile().hasContent("new");
    assertThat(destination.resolve("kept")).hasContent("kept");
  }

  @Test
  void namesThatAreNotUtf8Survive() throws IOException {
    byte[] name = {'x', (byte) 0xff, '%', ' ', '?'};
    FileTree tree =
        FileTree.EMPTY.apply(
            ChangeSet.of(List.of(new Change.Put(TreePath.ROOT.child(name), file("odd")))));

    export(tree, directory.resolve("out"));

    try (var files = Files.newDirectoryStream(directory.resolve("out"))) {
      Path file = files.iterator().next();
      assertThat(file.toUri().getRawPath()).endsWith("/x%FF%25%20%3F");
      assertThat(file).hasContent("odd");
    }
  }

  @Test
  void severalPlatformsHaveAFolderEach() throws IOException {
    export(SampleImage.multi(), tree(put("f", file("f"))), directory.resolve("out"));

    assertThat(directory.resolve("out").toFile().list())
        .containsExactlyInAnyOrder("linux_amd64", "linux_arm64");
  }

  private static void exportSplit(
      ExportedImages images, PlatformSplit split, ImageTrees trees, Path destination) {
    try (DirectoryExporter exporter =
        new DirectoryExporter(
            destination,
            split,
            trees,
            new OutputWriting(ExportListener.SILENT, new Cancellation()))) {
      exporter.commit(images);
    }
  }

  @Test
  void onePlatformMayHaveAFolderToo() throws IOException {
    exportSplit(
        SampleImage.single("one"),
        PlatformSplit.ALWAYS,
        image -> tree(put("f", file("f"))),
        directory.resolve("out"));

    assertThat(directory.resolve("out/linux_amd64/f")).hasContent("f");
  }

  @Test
  void anIndexOfOnePlatformIsSplitAndAnArchiveWithoutIndexIsNot() throws IOException {
    ImageTrees trees = image -> tree(put("f", file("f")));
    ExportedImages several = SampleImage.multi();
    ExportedImages one = new ExportedImages(several.index(), several.images().subList(0, 1));
    exportSplit(one, PlatformSplit.OF_SEVERAL, trees, directory.resolve("out"));
    assertThat(directory.resolve("out").toFile().list()).containsExactly("linux_amd64");

    Path tar = directory.resolve("one.tar");
    archive(SampleImage.single("one"), PlatformSplit.ALWAYS, trees, tar);
    assertThat(names(tar)).containsExactly("f");
  }

  private static void archive(
      ExportedImages images, PlatformSplit split, ImageTrees trees, Path tar) {
    try (TarExporter exporter =
        new TarExporter(
            OutputTarget.file(tar),
            split,
            trees,
            new OutputWriting(ExportListener.SILENT, new Cancellation()))) {
      exporter.commit(images);
    }
  }

  @Test
  void aSourceDateIsTheTimeOfEverything() throws IOException {
    RegularFile linked = file("linked").withLinked(true);
    FileTree old =
        tree(
            put("d", new Directory(Metadata.of(0755, 5), Origin.NONE)),
            put("d/a", linked),
            put("d/b", linked),
            put("to", new Symlink(PLAIN, Origin.NONE, "/nowhere")));
    ImageTrees dated = new DatedTrees(image -> old, 1_234_567_890);
    Path out = directory.resolve("out");
    exportSplit(SampleImage.multi(), PlatformSplit.OF_SEVERAL, dated, out);
    for (String each : List.of("", "/d", "/d/a", "/to")) {
      assertThat(
              Files.getLastModifiedTime(
                  out.resolve("linux_arm64" + each), LinkOption.NOFOLLOW_LINKS))
          .as(each)
          .isEqualTo(FileTime.fromMillis(1_234_567_890_000L));
    }
    assertThat(Files.getAttribute(out.resolve("linux_arm64/d/a"), "unix:ino"))
        .isEqualTo(Files.getAttribute(out.resolve("linux_arm64/d/b"), "unix:ino"));

    Path tar = directory.resolve("dated.tar");
    archive(SampleImage.single("one"), PlatformSplit.OF_SEVERAL, dated, tar);
    assertThat(names(tar)).containsExactly("d/", "d/a", "d/b", "to");
  }

  private static ImageTrees onePerPlatform(Entry common) {
    return image ->
        tree(
            put("bin", new Directory(PLAIN.withMode(0755), Origin.NONE)),
            put("bin/both", common),
            put("bin/" + image.platform().architecture(), file(image.platform().toString())));
  }

  @Test
  void filesOfSeveralPlatformsMayLieSideBySide() throws IOException {
    exportSplit(
        SampleImage.multi(),
        PlatformSplit.NEVER,
        onePerPlatform(new Directory(PLAIN.withMode(0755), Origin.NONE)),
        directory.resolve("out"));

    assertThat(directory.resolve("out").toFile().list()).containsExactly("bin");
    assertThat(directory.resolve("out/bin").toFile().list())
        .containsExactlyInAnyOrder("amd64", "arm64", "both");
  }

  @Test
  void filesOfSeveralPlatformsDoNotOverwriteEachOther() {
    assertThatThrownBy(
            () ->
                exportSplit(
                    SampleImage.multi(),
                    PlatformSplit.NEVER,
                    onePerPlatform(file("f")),
                    directory.resolve("out")))
        .isInstanceOf(BuildException.class)
        .hasMessage("two platforms have \"/bin/both\", and platform-split=false was given");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void anArchiveMayHaveFilesOfSeveralPlatformsSideBySide() throws IOException {
    Path tar = directory.resolve("rootfs.tar");
    try (TarExporter exporter =
        new TarExporter(
            OutputTarget.file(tar),
            PlatformSplit.NEVER,
            onePerPlatform(new Directory(PLAIN, Origin.NONE)),
            new OutputWriting(ExportListener.SILENT, new Cancellation()))) {
      exporter.commit(SampleImage.multi());
    }
    assertThat(names(tar)).containsExactly("bin/", "bin/amd64", "bin/arm64", "bin/both/");
  }

  private static List<String> names(Path tar) throws IOException {
    List<String> names = new ArrayList<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (TarArchiveEntry entry; (entry = in.getNextEntry()) != null; ) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  @Test
  void aFailureLeavesNothing() {
    Content broken =
        new Content() {
          @Override
          public long size() {
            return 5;
          }

          @Override
          public InputStream open() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public String digestIfKnown() {
            return null;
          }
        };
    FileTree tree =
        tree(
            put("closed", new Directory(PLAIN.withMode(0500), Origin.NONE)),
            put("closed/a", file("a")),
            put("z", new RegularFile(PLAIN, Origin.NONE, broken)));

    assertThatThrownBy(() -> export(tree, directory.resolve("out")))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("gone");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void anArchiveHasEverythingDevicesToo() throws IOException {
    FileTree tree =
        tree(
            put("d", new Directory(Metadata.of(0750, 5).withOwner(1, 2), Origin.NONE)),
            put("d/f", file("text")),
            put("null", new Device(PLAIN, Origin.NONE, Device.Type.CHARACTER, 1, 3)));
    Path tar = directory.resolve("rootfs.tar");

    try (TarExporter exporter =
        new TarExporter(
            OutputTarget.file(tar),
            PlatformSplit.OF_SEVERAL,
            image -> tree,
            new OutputWriting(ExportListener.SILENT, new Cancellation()))) {
      exporter.commit(SampleImage.single("one"));
    }

    assertThat(names(tar)).contains("d/", "d/f", "null");
  }
}
