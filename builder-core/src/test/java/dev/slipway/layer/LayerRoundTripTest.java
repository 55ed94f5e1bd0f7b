package dev.slipway.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Directory;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.Trees;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerRoundTripTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsWrittenIsReadBack(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      FileTree lower = randomTree(FileTree.EMPTY, random).build();
      FileTreeBuilder edit = randomTree(lower, random);
      ChangeSet changes = edit.changes();
      byte[] tar = LayerWriterTest.write(changes);
      ChangeSet read = LayerWriterTest.readChanges(tar);
      assertThat(Trees.lines(read)).isEqualTo(Trees.lines(changes));
      assertThat(Trees.lines(lower.apply(read))).isEqualTo(Trees.lines(edit.build()));
      assertThat(LayerWriterTest.write(read)).isEqualTo(tar);
    }
  }

  private static FileTreeBuilder randomTree(FileTree base, Random random) {
    FileTreeBuilder builder = new FileTreeBuilder(base);
    // A layer cannot say that a directory is only implied, so none is.
    for (Change change : ChangeSet.between(FileTree.EMPTY, base)) {
      assertThat(change).isInstanceOf(Change.Put.class);
    }
    for (int i = 1 + random.nextInt(30); i > 0; i--) {
      TreePath path = randomPath(random);
      describeParents(builder, path);
      switch (random.nextInt(5)) {
        case 0 -> builder.remove(path);
        case 1 -> builder.put(path, new Directory(randomMetadata(random), Origin.NONE));
        case 2 -> builder.put(path, new Symlink(randomMetadata(random), Origin.NONE, "nowhere"));
        default -> {
          byte[] content = new byte[random.nextInt(1500)];
          random.nextBytes(content);
          builder.put(
              path,
              new RegularFile(randomMetadata(random), Origin.NONE, new BytesContent(content)));
        }
      }
    }
    return builder;
  }

  private static void describeParents(FileTreeBuilder builder, TreePath path) {
    TreePath at = TreePath.ROOT;
    for (byte[] name : path.parent().components()) {
      at = at.child(name);
      if (!(builder.find(at) instanceof Directory)) {
        builder.put(at, new Directory(Metadata.of(0755, 1), Origin.NONE));
      }
    }
  }

  private static Metadata randomMetadata(Random random) {
    boolean odd = random.nextInt(4) == 0;
    return Metadata.of(random.nextInt(010000), odd ? random.nextInt() : 1)
        .withOwner(odd ? random.nextInt() : 5, odd ? random.nextInt() : 6);
  }

  private static TreePath randomPath(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String letter = String.valueOf("abcé".charAt(random.nextInt(4)));
      text.append('/').append(letter.repeat(1 + random.nextInt(3) * random.nextInt(60)));
    }
    return TreePath.of(text.toString());
  }
}
