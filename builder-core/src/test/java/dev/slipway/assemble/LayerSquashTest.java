package dev.slipway.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.layer.Compression;
import dev.slipway.layer.Decompression;
import dev.slipway.layer.LayerBlobWriter;
import dev.slipway.layer.LayerDigests;
import dev.slipway.layer.LayerReadOptions;
import dev.slipway.layer.LayerReader;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.Platform;
import dev.slipway.snapshot.BlobFormat;
import dev.slipway.snapshot.Layer;
import dev.slipway.snapshot.LayerBlob;
import dev.slipway.snapshot.LayerBlobs;
import dev.slipway.snapshot.LayerStore;
import dev.slipway.store.Store;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
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
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs that squash lose: each here is kept. */
class LayerSquashTest {
  private static final BlobFormat FORMAT = BlobFormat.of(Compression.GZIP);

  @TempDir Path directory;
  private Store store;
  private LayerBlobs blobs;
  private final Map<Digest, byte[]> registry = new HashMap<>();
  private final List<Descriptor> descriptors = new ArrayList<>();
  private final List<DiffId> diffIds = new ArrayList<>();

  @BeforeEach
  void openStore() {
    store = Store.open(directory, Clock.systemUTC());
    blobs = new LayerBlobs(store, Runnable::run, 1);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  /** Adds a layer to the image that is squashed. */
  private void layer(Change... changes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      LayerDigests digests =
          LayerBlobWriter.writeEverything(
              ChangeSet.of(List.of(changes)), Compression.GZIP, 1, Runnable::run, 1, out);
      registry.put(digests.digest(), out.toByteArray());
      descriptors.add(new Descriptor(MediaType.OCI_LAYER_GZIP, digests.digest(), digests.size()));
      diffIds.add(digests.diffId());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Layer> layers() {
    ImageConfig config = ImageConfig.empty(new Platform("linux", "amd64")).withDiffIds(diffIds);
    LayerStore layers =
        new LayerStore(
            store,
            () -> {
              throw new AssertionError("nothing is to be unpacked");
            },
            "none",
            Runnable::run);
    return layers
        .ofImage(
            Image.of(config, descriptors, Map.of(), false),
            blob -> new ByteArrayInputStream(registry.get(blob.digest())),
            Origin.NONE)
        .layers();
  }

  /** The squashed layer as a stranger reads it. */
  private ChangeSet squashed(int kept) throws IOException {
    List<Layer> layers = layers();
    LayerBlob blob =
        new LayerSquash(blobs)
            .squash(layers.subList(0, kept), layers.subList(kept, layers.size()), FORMAT);
    try (InputStream in = Decompression.open(blob.content().open(), 1 << 20)) {
      return LayerReader.readChanges(
          in,
          LayerReadOptions.layer(Origin.NONE),
          (path, size, offset, body) -> new BytesContent(body.readAllBytes()));
    }
  }

  private static Change file(String path, String content) {
    return put(path, new RegularFile(Metadata.of(0644, 7), Origin.NONE, BytesContent.of(content)));
  }

  private static Change put(String path, Entry entry) {
    return new Change.Put(TreePath.of(path), entry);
  }

  private static Change directory(String path) {
    return put(path, new Directory(Metadata.of(0755, 7), Origin.NONE));
  }

  private static Change link(String path, String target) {
    return put(path, new Symlink(Metadata.of(0777, 7), Origin.NONE, target));
  }

  private static Change gone(String path) {
    return new Change.Whiteout(TreePath.of(path));
  }

  private static Change opaque(String path) {
    return new Change.Opaque(TreePath.of(path));
  }

  @Test
  void atTheBottomNothingIsDeleted() throws IOException {
    layer(
        directory("d"), file("d/a", "1"), file("d/b", "2"), directory("gone"), file("gone/x", ""));
    layer(gone("d/a"), gone("gone"), file("d/c", "3"));

    assertThat(Trees.lines(squashed(0)))
        .containsExactly("755 0:0 d/", "644 0:0 d/b = 2", "644 0:0 d/c = 3");
  }

  @Test
  void aDeletionStaysWhereItHidesSomethingOfAKeptLayer() throws IOException {
    layer(directory("d"), file("d/a", "1"), file("d/b", "2"));
    layer(directory("d"), file("d/new", ""), gone("d/a"));
    layer(directory("d"), gone("d/new"), gone("d/never"));

    assertThat(Trees.lines(squashed(1))).containsExactly("755 0:0 d/", "- d/a");
  }

  @Test
  void anOpaqueDirectoryShowsOnlyWhatIsItsOwn() throws IOException {
    layer(directory("d"), file("d/a", "1"), directory("d/e"), file("d/e/f", ""));
    layer(opaque("d"), directory("d"), file("d/b", "2"));
    layer(directory("d"), file("d/c", "3"));

    ChangeSet squashed = squashed(1);
    assertThat(Trees.lines(below(1).apply(squashed)))
        .containsExactly("755 0:0 d/", "644 0:0 d/b = 2", "644 0:0 d/c = 3");
    assertThat(Trees.lines(squashed(0)))
        .containsExactly("755 0:0 d/", "644 0:0 d/b = 2", "644 0:0 d/c = 3");
  }

  /** The files of the lowest layers. */
  private FileTree below(int count) {
    FileTree tree = FileTree.EMPTY;
    for (Layer layer : layers().subList(0, count)) {
      tree = tree.apply(layer.changes());
    }
    return tree;
  }

  @Test
  void aDirectoryDeletedAndMadeAgainDoesNotShowTheOldOne() throws IOException {
    layer(directory("d"), file("d/old", "1"));
    layer(gone("d"));
    layer(directory("d"), file("d/new", "2"));

    assertThat(Trees.lines(below(1).apply(squashed(1))))
        .containsExactly("755 0:0 d/", "644 0:0 d/new = 2");
  }

  @Test
  void filesDirectoriesAndLinksReplaceEachOther() throws IOException {
    layer(
        directory("was-directory"),
        file("was-directory/x", ""),
        link("was-link", "was-directory"),
        file("was-file", "f"),
        directory("to-link"),
        file("to-link/y", ""));
    layer(
        file("was-directory", "now a file"),
        directory("was-link"),
        file("was-link/in", ""),
        directory("was-file"),
        file("was-file/in", ""),
        link("to-link", "was-file"));

    List<String> after =
        List.of(
            "777 0:0 to-link -> was-file",
            "644 0:0 was-directory = now a file",
            "755 0:0 was-file/",
            "644 0:0 was-file/in = ",
            "755 0:0 was-link/",
            "644 0:0 was-link/in = ");
    assertThat(Trees.lines(squashed(0))).containsExactlyElementsOf(after);

    layer(file("one-more", ""));
    assertThat(Trees.lines(below(1).apply(squashed(1))))
        .containsExactlyElementsOf(concat("644 0:0 one-more = ", after));
  }

  private static List<String> concat(String first, List<String> rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }

  @Test
  void namesOfOneFileStayNamesOfOneFile() throws IOException {
    Entry shared =
        new RegularFile(Metadata.of(0600, 7), Origin.NONE, BytesContent.of("same"))
            .withLinked(true);
    layer(put("a", shared), put("b", shared), put("c", shared));
    layer(file("b", "other"), file("d", ""));

    ChangeSet squashed = squashed(0);
    FileTree tree = FileTree.EMPTY.apply(squashed);
    assertThat(tree.find(TreePath.of("a"))).isSameAs(tree.find(TreePath.of("c")));
    assertThat(tree.find(TreePath.of("a"))).isNotSameAs(tree.find(TreePath.of("b")));
    assertThat(Trees.lines(squashed))
        .containsExactly(
            "600 0:0 a = same", "644 0:0 b = other", "600 0:0 c = same", "644 0:0 d = ");
  }

  @Test
  void attributesDevicesOwnersAndFractionsOfSecondsAreKept() throws IOException {
    byte[] capability = {1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    Xattrs xattrs =
        Xattrs.of(
            Map.of(
                "security.capability",
                capability,
                "user.note",
                "x".getBytes(StandardCharsets.UTF_8)));
    Metadata metadata = new Metadata(04755, 70000, 80000, 1234, 567_000_000, xattrs);
    layer(
        put("ping", new RegularFile(metadata, Origin.NONE, BytesContent.of("p"))),
        put("null", new Device(Metadata.of(0666, 1), Origin.NONE, Device.Type.CHARACTER, 1, 3)));
    layer(file("x", ""));

    FileTree tree = FileTree.EMPTY.apply(squashed(0));
    assertThat(tree.find(TreePath.of("ping")).metadata()).isEqualTo(metadata);
    assertThat(Trees.lines(tree)).contains("666 0:0 null CHARACTER 1:3");
  }

  @Test
  void whatIsTheSameBelowIsNotWrittenAgain() throws IOException {
    layer(file("a", "1"), file("b", "2"));
    layer(file("c", "3"), file("d", "4"));
    layer(gone("c"), gone("d"));

    assertThat(Trees.lines(squashed(1))).isEmpty();
  }

  @Test
  void theSameLayersGiveTheSameBlobOnce() {
    layer(file("a", "1"));
    layer(file("b", "2"));
    LayerSquash squash = new LayerSquash(blobs);
    LayerBlob first = squash.squash(List.of(), layers(), FORMAT);
    registry.clear();

    assertThat(squash.squash(List.of(), layers(), FORMAT).descriptor())
        .isEqualTo(first.descriptor());
  }

  @Test
  void aBlobThatDoesNotHoldTheFilesIsRefused() {
    layer(file("a", "right"), file("b", "2"));
    Layer layer = layers().get(0);
    LayerBlob blob = blobs.of(layer, FORMAT);
    FileTree same = FileTree.EMPTY.apply(layer.changes());

    SquashCheck.check(blob, FileTree.EMPTY, same);
    assertThatThrownBy(() -> check(blob, same, file("a", "wrong")))
        .hasMessage("squashing would change the files: \"/a\" has other bytes");
    assertThatThrownBy(() -> check(blob, same, file("a", "longer")))
        .hasMessage("squashing would change the files: \"/a\" has another size");
    assertThatThrownBy(() -> check(blob, same, file("c", "")))
        .hasMessage("squashing would change the files: \"/c\" is gone");
    assertThatThrownBy(
            () ->
                check(
                    blob,
                    same,
                    put(
                        "a",
                        new RegularFile(
                            Metadata.of(0600, 7), Origin.NONE, BytesContent.of("right")))))
        .hasMessage("squashing would change the files: \"/a\" is another");
    Entry linked = ((RegularFile) same.find(TreePath.of("b"))).withLinked(true);
    assertThatThrownBy(() -> check(blob, same, put("b", linked), put("d", linked)))
        .hasMessageStartingWith("squashing would change the files: \"/d\"");
  }

  private static void check(LayerBlob blob, FileTree tree, Change... changes) {
    SquashCheck.check(blob, FileTree.EMPTY, tree.apply(ChangeSet.of(List.of(changes))));
  }
}
