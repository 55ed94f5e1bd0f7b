package dev.slipway.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Content;
import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.Trees;
import dev.slipway.tree.Xattrs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeCodecTest {
  private static final Origin LINE = new Origin("build", 7, "COPY . /");

  private static FileTree sample() {
    return Trees.tree(
        "0700 5:6 bin/",
        "0755 0:0 bin/tool = tool",
        "bin/other => bin/tool",
        "lib -> usr/lib",
        "usr/lib/deep/er/file = deep",
        "usr/lib/same => bin/tool",
        "usr/lib/é = umlaut");
  }

  @Test
  void aTreeSurvives() throws IOException {
    FileTree tree = sample();

    FileTree read = read(write(tree), new ArrayList<>());

    assertThat(Trees.lines(read)).isEqualTo(Trees.lines(tree)).hasSize(11);
    assertThat(read.root().metadata()).isEqualTo(tree.root().metadata());
    assertThat(write(read)).isEqualTo(write(tree));
  }

  @Test
  void attributesOriginsAndDevicesSurvive() throws IOException {
    Xattrs xattrs = Xattrs.of(Map.of("user.a", new byte[] {0, -1}));
    Metadata metadata = new Metadata(07777, -1, 5, -99, 999_999_999, xattrs);
    FileTreeBuilder builder = new FileTreeBuilder();
    builder.put(TreePath.ROOT, new Directory(metadata, LINE));
    builder.put(TreePath.of("d"), new Directory(metadata, LINE));
    builder.put(TreePath.of("d/c"), new Device(metadata, LINE, Device.Type.CHARACTER, 1, 300));
    builder.put(TreePath.of("d/f"), new RegularFile(metadata, LINE, BytesContent.of("f")));

    FileTree read = read(write(builder.build()), new ArrayList<>());

    assertThat(read.root().metadata()).isEqualTo(metadata);
    for (String path : List.of("d", "d/c", "d/f")) {
      Entry entry = find(read, path);
      assertThat(entry.metadata()).isEqualTo(metadata);
      assertThat(entry.origin()).isEqualTo(LINE);
    }
    assertThat(((Device) find(read, "d/c")).minor()).isEqualTo(300);
  }

  @Test
  void namesOfOneFileAreOneEntry() throws IOException {
    FileTree read = read(write(sample()), new ArrayList<>());

    assertThat(find(read, "bin/other"))
        .isSameAs(find(read, "bin/tool"))
        .isSameAs(find(read, "usr/lib/same"));
  }

  @Test
  void onlyWhatIsLookedIntoIsRead() throws IOException {
    List<String> contents = new ArrayList<>();
    FileTree read = read(write(sample()), contents);
    assertThat(contents).containsExactly("tool");

    assertThat(find(read, "usr/lib/é").kind()).isEqualTo(Entry.Kind.FILE);
    assertThat(contents).containsExactly("tool", "umlaut");
    assertThat(find(read, "usr/lib/deep/er/file")).isNotNull();
    assertThat(find(read, "usr/lib/deep/er/file")).isNotNull();
    assertThat(contents).containsExactly("tool", "umlaut", "deep");
  }

  @Test
  void aTreeThatIsReadLateCanBeEdited() throws IOException {
    FileTree read = read(write(sample()), new ArrayList<>());
    FileTreeBuilder builder = new FileTreeBuilder(read);
    builder.put(
        TreePath.of("usr/new"),
        new RegularFile(Metadata.of(0644, 1), Origin.NONE, BytesContent.of("new")));
    builder.remove(TreePath.of("bin"));

    assertThat(Trees.lines(builder.changes())).hasSize(3).contains("- bin");
    assertThat(Trees.lines(builder.build())).hasSize(9);
  }

  @Test
  void everyTruncationAndEveryChangedByteIsReadOrRefused() throws IOException {
    byte[] bytes = write(sample());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Trees.lines(read(cut, new ArrayList<>())))
          .isInstanceOf(LayerException.class);
    }
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = bytes.clone();
        changed[i] ^= (byte) (1 << bit);
        try {
          read(changed, new ArrayList<>()).forEach((path, entry) -> {});
        } catch (LayerException e) {
          assertThat(e).hasMessageMatching("malformed .*|not a list of changes.*");
        }
      }
    }
  }

  private static Entry find(FileTree tree, String path) {
    Entry entry = tree.find(TreePath.of(path));
    assertThat(entry).as(path).isNotNull();
    return entry;
  }

  private static byte[] write(FileTree tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TreeCodec.write(tree, out, content -> content.open().readAllBytes());
    return out.toByteArray();
  }

  /**
   * @param contents where the contents go that are come by
   */
  private static FileTree read(byte[] bytes, List<String> contents) throws IOException {
    return TreeCodec.read(
        bytes,
        (reference, size, digest) -> {
          Content content = new BytesContent(reference);
          contents.add(new String(reference, StandardCharsets.UTF_8));
          return content;
        });
  }
}
