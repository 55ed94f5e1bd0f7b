package dev.slipway.layer;

import static dev.slipway.layer.Tars.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Origin;
import dev.slipway.tree.Trees;
import dev.slipway.tree.copy.CopyFlags;
import dev.slipway.tree.copy.CopyOperation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerReaderTest {
  @Test
  void readsWhatAnotherProgramWrote() {
    String longName = "d".repeat(80) + "/" + "é".repeat(80);
    for (boolean gnu : new boolean[] {true, false}) {
      Tars tar = gnu ? tar().gnu() : tar();
      byte[] bytes =
          tar.directory("a/")
              .file("a/f", "hello")
              .hardLink("a/g", "a/f")
              .symlink("l", "é/" + "t".repeat(120))
              .file(longName, "long")
              .id("big", 0xffff_fffeL, 2_097_152)
              .bytes();
      assertThat(layer(bytes))
          .containsExactly(
              "755 0:0 a/",
              "644 0:0 a/f = hello",
              "644 0:0 a/g = hello",
              "644 -2:2097152 big = ",
              "644 0:0 " + longName + " = long",
              "644 0:0 l -> é/" + "t".repeat(120));
    }
  }

  @Test
  void namesAreMadePlain() {
    byte[] bytes =
        tar().file("./a", "1").file("/b", "2").file("c//./d/../e", "3").directory("./").bytes();
    assertThat(layer(bytes))
        .containsExactly("755 0:0 ./", "644 0:0 a = 1", "644 0:0 b = 2", "644 0:0 c/e = 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "../../x", "a/../../x", "/../x", "..", "a/.."})
  void aMemberOutsideOfTheRootIsRefused(String name) {
    if (name.equals("a/..")) {
      assertThatThrownBy(() -> layer(tar().file(name, "").bytes()))
          .hasMessageContaining("would replace the root");
    } else {
      assertThatThrownBy(() -> layer(tar().file(name, "").bytes()))
          .isInstanceOf(LayerException.class)
          .hasMessageEndingWith("is outside of the archive's root");
      assertThatThrownBy(() -> layer(tar().file("f", "").hardLink("h", name).bytes()))
          .isInstanceOf(LayerException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"./", ".", "/", "a/.."})
  void cve202129136TheRootIsNeverReplaced(String name) {
    assertThatThrownBy(() -> layer(tar().symlink(name, "/etc").bytes()))
        .isInstanceOf(LayerException.class)
        .hasMessageContaining("would replace the root");
  }

  @Test
  void aMemberBelowALinkOfTheSameArchiveIsWhereTheLinkPoints() {
    byte[] bytes =
        tar()
            .symlink("d", "/")
            .file("d/x", "1")
            .symlink("up", "../../../real/dir")
            .file("up/y", "2")
            .symlink("loop", "gone")
            .directory("loop")
            .file("loop/z", "3")
            .bytes();
    assertThat(layer(bytes))
        .containsExactly(
            "644 0:0 d -> /",
            "755 0:0 loop/",
            "644 0:0 loop/z = 3",
            "644 0:0 real/dir/y = 2",
            "644 0:0 up -> ../../../real/dir",
            "644 0:0 x = 1");
    assertThatThrownBy(
            () -> layer(tar().symlink("a", "b").symlink("b", "a").file("a/x", "").bytes()))
        .hasMessageContaining("too many symbolic links");
  }

  @Test
  void hardLinksNeedATargetInTheArchive() {
    assertThatThrownBy(() -> layer(tar().hardLink("h", "etc/passwd").bytes()))
        .hasMessage("hard link \"/h\" to \"/etc/passwd\", which the archive does not hold");
    assertThatThrownBy(() -> layer(tar().directory("d").hardLink("h", "d").bytes()))
        .isInstanceOf(LayerException.class);
    assertThatThrownBy(() -> layer(tar().hardLink("h", "/").bytes()))
        .hasMessage("hard link \"/h\" points to the root");
    assertThat(layer(tar().file("f", "x").hardLink("h", "/f").bytes()))
        .containsExactly("644 0:0 f = x", "644 0:0 h = x");
  }

  @Test
  void hardLinkedNamesShareOneEntry() throws IOException {
    ChangeSet changes =
        LayerWriterTest.readChanges(tar().file("f", "x").hardLink("h", "f").bytes());
    assertThat(((Change.Put) changes.get(0)).entry())
        .isSameAs(((Change.Put) changes.get(1)).entry());
  }

  @Test
  void item99whiteoutsHideWhatIsBelowAndNotTheSameLayers() {
    byte[] bytes =
        tar()
            .file("etc/.wh.passwd", "")
            .directory("d/")
            .file("d/new", "n")
            .file("d/.wh..wh..opq", "")
            .file("d/later", "l")
            .file(".wh.again", "")
            .directory("again/")
            .file(".wh..wh.plnk/1.2", "")
            .file(".wh..wh.aufs", "")
            .bytes();
    assertThat(layer(bytes))
        .containsExactly(
            "! again",
            "755 0:0 again/",
            "! d",
            "755 0:0 d/",
            "644 0:0 d/later = l",
            "644 0:0 d/new = n",
            "- etc/passwd");
    assertThat(
            Trees.lines(
                Trees.tree("d/", "d/old", "etc/", "etc/passwd", "again/", "again/x")
                    .apply(changes(bytes, LayerReadOptions.layer(Origin.NONE)))))
        .containsExactly(
            "755 0:0 again/",
            "755 0:0 d/",
            "644 0:0 d/later = l",
            "644 0:0 d/new = n",
            "755 0:0 etc/");
  }

  @ParameterizedTest
  @ValueSource(strings = {".wh.", ".wh..", ".wh...", "d/.wh.x/f", ".wh.x/.wh..wh..opq"})
  void malformedWhiteoutsAreRefused(String name) {
    assertThatThrownBy(() -> layer(tar().file(name, "").bytes()))
        .isInstanceOf(LayerException.class)
        .hasMessageContaining("malformed whiteout");
  }

  @Test
  void item41inOtherArchivesWhiteoutsAreNames() {
    byte[] bytes = tar().file(".wh.foo", "x").file("d/.wh..wh..opq", "y").bytes();
    assertThat(Trees.lines(changes(bytes, LayerReadOptions.archive(Origin.NONE))))
        .containsExactly("644 0:0 .wh.foo = x", "644 0:0 d/.wh..wh..opq = y");
  }

  @Test
  void ofTwoMembersOfOneNameTheLastCounts() {
    assertThat(layer(tar().file("f", "1").file("f", "2").file("g", "").directory("g").bytes()))
        .containsExactly("644 0:0 f = 2", "755 0:0 g/");
    assertThat(layer(tar().directory("d").file("d/x", "").file("d", "now a file").bytes()))
        .containsExactly("644 0:0 d = now a file");
  }

  @Test
  void theAttributesThatOverlaysObeyAreDropped() {
    Map<String, String> pax =
        Map.of(
            "SCHILY.xattr.trusted.overlay.redirect", "/etc",
            "SCHILY.xattr.user.overlay.opaque", "y",
            "SCHILY.xattr.user.mine", "v");
    ChangeSet changes =
        changes(tar().file("f", "", pax).bytes(), LayerReadOptions.layer(Origin.NONE));
    assertThat(((Change.Put) changes.get(0)).entry().metadata().xattrs().names())
        .containsExactly("user.mine");
  }

  @Test
  void theDeviceThatOverlaysTakeForADeletionIsRefused() {
    assertThatThrownBy(() -> layer(tar().type("c", '3').bytes()))
        .hasMessageContaining("is the device 0:0");
  }

  @Test
  void fractionsOfSecondsAreKept() {
    Map<String, String> pax = Map.of("mtime", "-1.25");
    ChangeSet changes =
        changes(tar().file("f", "", pax).bytes(), LayerReadOptions.layer(Origin.NONE));
    assertThat(((Change.Put) changes.get(0)).entry().metadata().mtimeSeconds()).isEqualTo(-2);
    assertThat(((Change.Put) changes.get(0)).entry().metadata().mtimeNanos())
        .isEqualTo(750_000_000);
  }

  @Test
  void aHugeExtendedHeaderIsRefusedBeforeItIsRead() {
    byte[] tar = tar().gnu().file("n".repeat(200), "").bytes();
    byte[] size = "77777777777\0".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> layer(Tars.patched(tar, 124, size)))
        .hasMessageContaining("at most 1 MiB is accepted");
  }

  @Test
  void sparseFilesAreRefusedWithAHint() {
    assertThatThrownBy(() -> layer(tar().type("s", 'S').bytes()))
        .isInstanceOfSatisfying(
            LayerException.class, e -> assertThat(e.hint()).contains("--sparse"));
    Map<String, String> pax = Map.of("GNU.sparse.major", "1", "GNU.sparse.minor", "0");
    assertThatThrownBy(() -> layer(tar().file("f", "x", pax).bytes()))
        .hasMessage("archive has a sparse file");
  }

  @Test
  void aSizeBeyondTheArchiveIsRefusedInNoTime() {
    byte[] tar = tar().file("f", "x").bytes();
    byte[] size = {(byte) 0x80, 0, 0, 0, 0x7f, -1, -1, -1, -1, -1, -1, -1};
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThatThrownBy(() -> layer(Tars.patched(tar, 124, size)))
                .isInstanceOf(LayerException.class));
    byte[] negative = new byte[12];
    Arrays.fill(negative, (byte) 0xff);
    assertThatThrownBy(() -> layer(Tars.patched(tar, 124, negative)))
        .hasMessageContaining("a size of -1 bytes");
  }

  @Test
  void boundsAreKept() {
    byte[] tar = tar().file("a", "x".repeat(5000)).file("b", "").bytes();
    LayerReadOptions options = LayerReadOptions.layer(Origin.NONE);
    assertThatThrownBy(() -> changes(tar, options.withMaxBytes(4096)))
        .hasMessage("archive is larger than the limit of 4096 bytes");
    assertThatThrownBy(() -> changes(tar, options.withMaxEntries(1)))
        .hasMessage("archive has more than the limit of 1 members");
    assertThatThrownBy(() -> layer(tar().file("d/".repeat(3000) + "f", "").bytes()))
        .hasMessageContaining("at most 4096 are accepted");
  }

  @Test
  void theDeepestPathThatIsTakenFitsIntoAThreadsStack() throws Exception {
    byte[] tar = tar().file("d/".repeat(2000) + "f", "x").bytes();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable use =
        () -> {
          FileTree tree = FileTree.EMPTY.apply(changes(tar, LayerReadOptions.layer(Origin.NONE)));
          CopyOperation copy = new CopyOperation(FileTree.EMPTY, CopyFlags.to("/"));
          copy.copy(tree, "/");
          FileTree copied = FileTree.EMPTY.apply(copy.result().changes());
          assertThat(ChangeSet.between(tree, copied).size()).isZero();
          assertThat(Trees.count(copied)).isEqualTo(2002);
        };
    Thread thread = new Thread(null, use, "default stack", 1 << 20);
    thread.setUncaughtExceptionHandler((unused, thrown) -> failure.set(thrown));
    thread.start();
    thread.join();
    assertThat(failure.get()).isNull();
  }

  @Test
  void aTruncatedArchiveIsRefusedButAMissingEndIsNot() {
    byte[] tar = tar().file("a", "hello").bytes();
    assertThat(layer(Arrays.copyOf(tar, 1024))).containsExactly("644 0:0 a = hello");
    assertThat(layer(Arrays.copyOf(tar, 517))).containsExactly("644 0:0 a = hello");
    assertThat(layer(new byte[0])).isEmpty();
    assertThatThrownBy(() -> layer(Arrays.copyOf(tar, 514)))
        .hasMessage("archive ends in the middle of a member");
    assertThatThrownBy(() -> layer(Arrays.copyOf(tar, 100))).isInstanceOf(LayerException.class);
  }

  @Test
  void aWrongChecksumIsRefused() {
    byte[] tar = tar().file("a", "hello").bytes();
    tar[0] ^= 1;
    assertThatThrownBy(() -> layer(tar)).hasMessageContaining("its checksum is wrong");
    assertThatThrownBy(
            () -> layer("no archive at all".repeat(100).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(LayerException.class);
  }

  @Test
  void unknownTypesAreRefused() {
    assertThatThrownBy(() -> layer(tar().type("m", 'M').bytes()))
        .hasMessage("archive member \"/m\" has the unknown type 'M'");
  }

  private static List<String> layer(byte[] tar) {
    return Trees.lines(changes(tar, LayerReadOptions.layer(Origin.NONE)));
  }

  private static ChangeSet changes(byte[] tar, LayerReadOptions options) {
    try {
      return LayerReader.readChanges(
          new ByteArrayInputStream(tar),
          options,
          (path, size, offset, body) -> new BytesContent(body.readAllBytes()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
