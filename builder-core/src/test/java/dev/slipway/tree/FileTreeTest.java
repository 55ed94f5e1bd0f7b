package dev.slipway.tree;

import static dev.slipway.tree.Trees.lines;
import static dev.slipway.tree.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FileTreeTest {
  @Test
  void findFollowsNoLink() {
    FileTree tree = tree("d/", "d/f = x", "l -> d");
    assertThat(tree.find(TreePath.of("d/f"))).isInstanceOf(RegularFile.class);
    assertThat(tree.find(TreePath.of("l"))).isInstanceOf(Symlink.class);
    assertThat(tree.find(TreePath.of("l/f"))).isNull();
    assertThat(tree.find(TreePath.of("d/f/x"))).isNull();
    assertThat(tree.find(TreePath.ROOT)).isSameAs(tree.root());
  }

  @Test
  void resolveFollowsLinksInsideTheTree() {
    FileTree tree =
        tree(
            "a/", "a/b/", "a/b/f = x", "abs -> /a", "rel -> a/b", "a/up -> ../../../a", "l -> rel");
    assertThat(resolve(tree, "abs/b/f")).isEqualTo("/a/b/f");
    assertThat(resolve(tree, "l/f")).isEqualTo("/a/b/f");
    assertThat(resolve(tree, "a/up/b")).isEqualTo("/a/b");
    assertThat(tree.resolve(TreePath.of("l"), FollowLast.NO).path()).hasToString("/l");
    assertThat(tree.resolve(TreePath.of("abs/up"), FollowLast.NO).path()).hasToString("/a/up");
  }

  private static String resolve(FileTree tree, String path) {
    Resolution resolution = tree.resolve(TreePath.of(path), FollowLast.YES);
    assertThat(resolution.exists()).isTrue();
    return resolution.path().toString();
  }

  @Test
  void resolveTellsWhatIsMissing() {
    FileTree tree = tree("a/", "a/f = x", "dangling -> /gone/x", "odd -> gone/../a");
    Resolution missing = tree.resolve(TreePath.of("a/b/c"), FollowLast.YES);
    assertThat(missing.path()).hasToString("/a");
    assertThat(missing.missing()).hasToString("/b/c");
    assertThat(missing.target()).hasToString("/a/b/c");
    assertThat(missing.found()).isNull();
    assertThat(tree.resolve(TreePath.of("dangling/y"), FollowLast.YES).target())
        .hasToString("/gone/x/y");
    assertThat(tree.resolve(TreePath.of("odd"), FollowLast.YES).target()).hasToString("/a");
    Resolution through = tree.resolve(TreePath.of("a/f/x"), FollowLast.YES);
    assertThat(through.entry()).isInstanceOf(RegularFile.class);
    assertThat(through.missing()).hasToString("/x");
  }

  @Test
  void aCircleOfLinksIsAnError() {
    FileTree tree = tree("a -> b", "b -> a");
    assertThatThrownBy(() -> tree.resolve(TreePath.of("a"), FollowLast.YES))
        .isInstanceOf(TreeException.class)
        .hasMessage("too many symbolic links on the way to \"/a\"");
    String selfish = "s/".repeat(100) + "s";
    FileTree growing = tree("s -> " + selfish);
    assertThatThrownBy(() -> growing.resolve(TreePath.of("s"), FollowLast.YES))
        .isInstanceOf(TreeException.class);
  }

  @Test
  void changesAreLaidOverATree() {
    FileTree lower = tree("700 1:1 d/", "d/old = 1", "d/gone", "f = x", "l -> d", "o/", "o/hidden");
    FileTree upper =
        lower.apply(
            ChangeSet.of(
                List.of(
                    new Change.Whiteout(TreePath.of("d/gone")),
                    put("d/new"),
                    put("l/below"),
                    new Change.Opaque(TreePath.of("o")),
                    put("o/seen"),
                    new Change.Whiteout(TreePath.of("not/there")))));
    assertThat(lines(upper))
        .containsExactly(
            "700 1:1 d/",
            "644 0:0 d/new = ",
            "644 0:0 d/old = 1",
            "644 0:0 f = x",
            "755 0:0 l/",
            "644 0:0 l/below = ",
            "755 0:0 o/",
            "644 0:0 o/seen = ");
    assertThat(lower.apply(ChangeSet.EMPTY)).isSameAs(lower);
  }

  @Test
  void whatWasNotChangedIsShared() {
    FileTree lower = tree("a/", "a/f", "b/", "b/f");
    FileTree upper = lower.apply(ChangeSet.of(List.of(put("b/g"))));
    assertThat(upper.find(TreePath.of("a"))).isSameAs(lower.find(TreePath.of("a")));
  }

  @Test
  void aDirectoryPutOverADirectoryKeepsItsChildren() {
    FileTree lower = tree("d/", "d/f = x");
    Directory other = new Directory(Metadata.of(0700, 5), Origin.NONE);
    Change change = new Change.Put(TreePath.of("d"), other);
    assertThat(lines(lower.apply(ChangeSet.of(List.of(change)))))
        .containsExactly("700 0:0 d/", "644 0:0 d/f = x");
  }

  @Test
  void aWhiteoutBesideAPutMeansThatNothingBelowShows() {
    Directory directory = new Directory(Metadata.of(0755, 1), Origin.NONE);
    assertThat(
            lines(
                ChangeSet.of(
                    List.of(
                        new Change.Put(TreePath.of("d"), directory),
                        new Change.Whiteout(TreePath.of("d")),
                        put("f"),
                        new Change.Whiteout(TreePath.of("f"))))))
        .containsExactly("! d", "755 0:0 d/", "644 0:0 f = ");
  }

  @Test
  void editsTellWhatChangedAndTheDirectoriesAbove() {
    FileTree base = tree("711 2:2 a/", "a/b/", "a/b/f", "x/", "x/f", "y = file", "z/", "z/f");
    FileTreeBuilder edit = new FileTreeBuilder(base);
    edit.put(TreePath.of("a/b/new"), file());
    edit.remove(TreePath.of("x"));
    edit.put(TreePath.of("x"), new Directory(Metadata.of(0700, 1), Origin.NONE));
    edit.put(TreePath.of("y/inside"), file());
    edit.remove(TreePath.of("z/f"));
    edit.remove(TreePath.of("nothing"));
    assertThat(lines(edit.changes()))
        .containsExactly(
            "711 2:2 a/",
            "755 0:0 a/b/",
            "644 0:0 a/b/new = ",
            "! x",
            "700 0:0 x/",
            "755 0:0 y/",
            "644 0:0 y/inside = ",
            "755 0:0 z/",
            "- z/f");
    assertThat(lines(base.apply(edit.changes()))).isEqualTo(lines(edit.build()));
    assertThat(lines(edit.describedChanges())).doesNotContain("755 0:0 y/");
  }

  private static Change put(String path) {
    return new Change.Put(TreePath.of(path), file());
  }

  private static RegularFile file() {
    return new RegularFile(Metadata.of(0644, 1000), Origin.NONE, BytesContent.EMPTY);
  }
}
