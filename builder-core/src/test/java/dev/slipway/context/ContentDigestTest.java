package dev.slipway.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tree.Content;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentDigestTest {
  @TempDir Path root;

  private String digest(String... paths) {
    FileTree tree = treeOf(root);
    List<TreePath> list = Arrays.stream(paths).map(TreePath::of).toList();
    return ContentDigest.of(tree, list, Runnable::run);
  }

  @Test
  void semantics105_timesDoNotCount() throws IOException {
    Files.writeString(root.resolve("f"), "x");
    String before = digest("f");
    Files.setLastModifiedTime(root.resolve("f"), FileTime.fromMillis(1000));
    assertThat(digest("f")).isEqualTo(before).hasSize(64);
  }

  @Test
  void semantics105_everythingElseCounts() throws IOException {
    Path d = Files.createDirectory(root.resolve("d"));
    Set<String> seen = new HashSet<>();
    seen.add(digest("d"));
    Files.writeString(d.resolve("f"), "x");
    seen.add(digest("d"));
    Files.writeString(d.resolve("f"), "y");
    seen.add(digest("d"));
    Files.setAttribute(d.resolve("f"), "unix:mode", 0755);
    seen.add(digest("d"));
    Files.writeString(d.resolve("g"), "y");
    Files.setAttribute(d.resolve("g"), "unix:mode", 0755);
    seen.add(digest("d"));
    Files.delete(d.resolve("g"));
    Files.createLink(d.resolve("g"), d.resolve("f"));
    seen.add(digest("d"));
    Files.delete(d.resolve("g"));
    Files.createSymbolicLink(d.resolve("g"), Path.of("f"));
    seen.add(digest("d"));
    Files.delete(d.resolve("g"));
    Files.createSymbolicLink(d.resolve("g"), Path.of("h"));
    seen.add(digest("d"));
    Files.move(d.resolve("g"), d.resolve("h"));
    seen.add(digest("d"));
    Files.setAttribute(d, "unix:mode", 0700);
    seen.add(digest("d"));
    seen.add(digest("d/f"));
    seen.add(digest("d/f", "d/h"));
    assertThat(seen).hasSize(12);
  }

  @Test
  void theWayToASourceDoesNotCount() throws IOException {
    Files.createDirectories(root.resolve("a"));
    Files.createDirectories(root.resolve("b"));
    Files.writeString(root.resolve("a/f"), "x");
    Files.writeString(root.resolve("b/f"), "x");
    assertThat(digest("a/f")).isEqualTo(digest("b/f"));
  }

  @Test
  void severalThreadsFindTheSame() throws IOException {
    for (int i = 0; i < 500; i++) {
      Files.writeString(root.resolve("f" + i), "content " + i);
    }
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      FileTree tree = treeOf(root);
      assertThat(ContentDigest.of(tree, List.of(TreePath.ROOT), executor)).isEqualTo(digest("/"));
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void whatIsMissingOrChangedIsAnError() throws IOException {
    Files.writeString(root.resolve("f"), "x");
    FileTree tree = treeOf(root);
    assertThatThrownBy(() -> ContentDigest.of(tree, List.of(TreePath.of("none")), Runnable::run))
        .isInstanceOf(ContextException.class)
        .hasMessage("\"/none\" not found");
    Files.writeString(root.resolve("f"), "longer");
    assertThatThrownBy(() -> ContentDigest.of(tree, List.of(TreePath.ROOT), Runnable::run))
        .isInstanceOf(ContextException.class)
        .hasMessageEndingWith("changed while being read");
  }

  @Test
  void whatContentFailsWithIsThrownAsItIs() {
    Content failing =
        new Content() {
          @Override
          public long size() {
            return 1;
          }

          @Override
          public InputStream open() {
            throw new ContextException("the layer is not to be had");
          }

          @Override
          public String digestIfKnown() {
            return null;
          }
        };
    RegularFile file = new RegularFile(Metadata.of(0644, 0), Origin.NONE, failing);
    assertThatThrownBy(() -> ContentDigest.of(file, Runnable::run))
        .isInstanceOf(ContextException.class)
        .hasMessage("the layer is not to be had");
  }

  private static FileTree treeOf(Path directory) {
    return BuildContext.directory(directory, IgnoreFile.NONE, FileDigests.NONE)
        .treeFor(List.of("."));
  }
}
