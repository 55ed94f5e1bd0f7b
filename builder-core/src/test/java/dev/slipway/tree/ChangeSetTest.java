package dev.slipway.tree;

import static dev.slipway.tree.Trees.lines;
import static dev.slipway.tree.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeSetTest {
  @Test
  void theDifferenceNamesWhatChangedAndTheDirectoriesAbove() {
    FileTree lower = tree("711 0:0 a/", "a/b/", "a/b/f = 1", "a/same", "gone/", "gone/f", "k -> x");
    FileTree upper = tree("711 0:0 a/", "a/b/", "a/b/f = 2", "a/same", "k/", "k/f", "new");
    assertThat(lines(ChangeSet.between(lower, upper)))
        .containsExactly(
            "711 0:0 a/",
            "755 0:0 a/b/",
            "644 0:0 a/b/f = 2",
            "- gone",
            "755 0:0 k/",
            "644 0:0 k/f = ",
            "644 0:0 new = ");
    assertThat(ChangeSet.between(lower, lower)).isEmpty();
    assertThat(ChangeSet.between(tree("a/", "a/f"), tree("a/", "a/f"))).isEmpty();
  }

  @Test
  void item102aChangeOfModePutsTheWholeFileIntoTheLayer() {
    assertThat(lines(ChangeSet.between(tree("f = big"), tree("600 0:0 f = big"))))
        .containsExactly("600 0:0 f = big");
  }

  @Test
  void theOriginIsNoDifference() {
    FileTreeBuilder builder = new FileTreeBuilder(tree("f = x"));
    Entry file = Objects.requireNonNull(builder.find(TreePath.of("f")));
    builder.put(TreePath.of("f"), file.withOrigin(new Origin("s", 1, "COPY")));
    assertThat(ChangeSet.between(tree("f = x"), builder.build())).isEmpty();
  }

  @Test
  void aNewNameOfAFileBringsAllItsNames() {
    FileTree lower = tree("a/", "a/one = x", "a/two => a/one", "z/");
    FileTreeBuilder builder = new FileTreeBuilder(lower);
    Entry linked = Objects.requireNonNull(builder.find(TreePath.of("a/one")));
    builder.put(TreePath.of("z/three"), linked);
    FileTree upper = builder.build();
    ChangeSet changes = ChangeSet.between(lower, upper);
    assertThat(lines(changes))
        .containsExactly(
            "755 0:0 a/",
            "644 0:0 a/one = x",
            "644 0:0 a/two = x",
            "755 0:0 z/",
            "644 0:0 z/three = x");
    FileTree rebuilt = lower.apply(changes);
    assertThat(rebuilt.find(TreePath.of("a/one"))).isSameAs(rebuilt.find(TreePath.of("z/three")));
  }

  @Test
  void linkingTwoFilesIsAChange() {
    FileTree lower = tree("a = x", "b = x");
    FileTree upper = tree("a = x", "b => a");
    assertThat(lines(ChangeSet.between(lower, upper)))
        .containsExactly("644 0:0 a = x", "644 0:0 b = x");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theDifferenceLaidOverTheLowerTreeGivesTheUpper(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      FileTree lower = randomTree(random);
      FileTree upper = random.nextBoolean() ? randomTree(random) : edited(lower, random).build();
      ChangeSet changes = ChangeSet.between(lower, upper);
      assertThat(lines(lower.apply(changes))).isEqualTo(lines(upper));
      List<TreePath> paths = new ArrayList<>();
      changes.forEach(change -> paths.add(change.path()));
      assertThat(paths).isSorted();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theChangesOfAnEditLaidOverTheBaseGiveTheEditedTree(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      FileTree base = randomTree(random);
      FileTreeBuilder edit = edited(base, random);
      List<String> expected = lines(edit.build());
      assertThat(lines(base.apply(edit.changes()))).isEqualTo(expected);
      FileTreeBuilder twice = new FileTreeBuilder(base);
      twice.apply(edit.changes());
      assertThat(lines(twice.build())).isEqualTo(expected);
    }
  }

  private static FileTree randomTree(Random random) {
    return edited(FileTree.EMPTY, random).build();
  }

  private static FileTreeBuilder edited(FileTree base, Random random) {
    FileTreeBuilder builder = new FileTreeBuilder(base);
    for (int i = random.nextInt(20); i > 0; i--) {
      TreePath path = randomPath(random);
      switch (random.nextInt(6)) {
        case 0 -> builder.remove(path);
        case 1 -> builder.clear(path);
        case 2, 3 ->
            builder.put(path, new Directory(Metadata.of(random.nextInt(01000), 1), Origin.NONE));
        case 4 -> builder.put(path, new Symlink(Metadata.of(0777, 1), Origin.NONE, "t"));
        default ->
            builder.put(
                path,
                new RegularFile(
                    Metadata.of(0644, 1), Origin.NONE, BytesContent.of("" + random.nextInt(3))));
      }
      assertThat(builder.find(path) == null).isEqualTo(builder.build().find(path) == null);
    }
    return builder;
  }

  private static TreePath randomPath(Random random) {
    List<String> names = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      names.add(String.valueOf("abc".charAt(random.nextInt(3))));
    }
    return TreePath.of(String.join("/", names));
  }
}
