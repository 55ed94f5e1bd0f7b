package dev.slipway.tree.copy;

import static dev.slipway.tree.copy.CopyCase.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tree.BytesContent;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Trees;
import org.junit.jupiter.api.Test;

/** Which files COPY takes, and where they go; the numbers are those of the behaviours we know. */
class CopyPathsTest {
  @Test
  void item1copyOfADirectoryCopiesItsContents() {
    assertThat(from("d/", "d/f = x", "d/e/", "d/e/g").copy("d").to("/x").after())
        .containsExactly("755 0:0 x/", "755 0:0 x/e/", "644 0:0 x/e/g = ", "644 0:0 x/f = x");
  }

  @Test
  void item2aWildcardThatMatchesDirectoriesMergesTheirContents() {
    assertThat(from("a/", "a/f = 1", "b/", "b/g = 2", "c = 3").copy("*").to("/x/").after())
        .containsExactly("755 0:0 x/", "644 0:0 x/c = 3", "644 0:0 x/f = 1", "644 0:0 x/g = 2");
  }

  @Test
  void item3aTrailingSlashOnASourceMeansNothing() {
    assertThat(from("f1 = x").copy("f1/").to("/x").after()).containsExactly("644 0:0 x = x");
  }

  @Test
  void item4aTrailingSlashOnTheDestinationMeansADirectory() {
    assertThat(from("f = x").copy("f").to("/x/").after())
        .containsExactly("755 0:0 x/", "644 0:0 x/f = x");
    assertThat(from("f = x").copy("f").to("/x").after()).containsExactly("644 0:0 x = x");
    assertThat(from("f = x").copy("f").to("/x/.").after())
        .containsExactly("755 0:0 x/", "644 0:0 x/f = x");
    assertThat(from("f = x").onto("x/").copy("f").to("/x").after())
        .containsExactly("755 0:0 x/", "644 0:0 x/f = x");
  }

  @Test
  void item5severalFilesForOneNameAreRefused() {
    assertThatThrownBy(() -> from("a", "b").copy("a", "b").to("/x").result())
        .isInstanceOf(CopyException.class)
        .hasMessage("cannot copy several files to \"/x\", which is not a directory");
    assertThatThrownBy(() -> from("a", "b").copy("*").to("/x").result())
        .isInstanceOf(CopyException.class);
    assertThatThrownBy(() -> from("a", "b").onto("x").copy("*").to("/x").result())
        .isInstanceOf(CopyException.class);
  }

  @Test
  void item5severalSourcesAreFineWhereTheDestinationIsADirectory() {
    assertThat(from("a", "b").onto("x/").copy("a", "b").to("/x").layer())
        .containsExactly("755 0:0 x/", "644 0:0 x/a = ", "644 0:0 x/b = ");
    assertThat(from("d/", "d/f", "b").copy("d", "b").to("/x").after())
        .containsExactly("755 0:0 x/", "644 0:0 x/b = ", "644 0:0 x/f = ");
  }

  @Test
  void item6aWildcardThatMatchesNothingIsNoError() {
    CopyCase both = from("foo").copy("foo", "nomatch*").to("/");
    assertThat(both.after()).containsExactly("644 0:0 foo = ");
    assertThat(both.result().unmatched()).containsExactly("nomatch*");
    assertThat(from("foo").copy("no*").to("/x/").layer()).isEmpty();
  }

  @Test
  void item6aMissingPathFailsWithNearNames() {
    assertThatThrownBy(() -> from("src/", "src/main.c").copy("src/mian.c").to("/").result())
        .isInstanceOfSatisfying(
            SourceNotFoundException.class,
            e -> {
              assertThat(e).hasMessage("\"/src/mian.c\" not found");
              assertThat(e.hint()).isEqualTo("did you mean \"/src/main.c\"?");
              assertThat(e.path()).hasToString("/src/mian.c");
            });
    assertThatThrownBy(() -> from("foo").copy("no/*").to("/").result())
        .isInstanceOf(SourceNotFoundException.class);
  }

  @Test
  void item7matchingIsThatOfGo() {
    String[] files = {"a.txt", "b.txt", "[x].txt", "d/", "d/c.txt"};
    assertThat(from(files).copy("?.txt").to("/").after())
        .containsExactly("644 0:0 a.txt = ", "644 0:0 b.txt = ");
    assertThat(from(files).copy("[b-z].txt").to("/").after()).containsExactly("644 0:0 b.txt = ");
    assertThat(from(files).copy("[[]x].txt").to("/").after()).containsExactly("644 0:0 [x].txt = ");
    assertThat(from(files).copy("\\[x*").to("/").after()).containsExactly("644 0:0 [x].txt = ");
    assertThat(from(files).copy("[^a].txt").to("/").after()).containsExactly("644 0:0 b.txt = ");
    assertThat(from(files).copy("*/*.txt").to("/").after()).containsExactly("644 0:0 c.txt = ");
    assertThat(from(files).copy("**/c.txt").to("/").after()).containsExactly("644 0:0 c.txt = ");
    assertThat(from(files).copy("**/a.txt").to("/").after()).isEmpty();
    assertThatThrownBy(() -> from(files).copy("[a").to("/").result())
        .hasMessage("malformed pattern \"[a\": a [ without its ]");
    assertThatThrownBy(() -> from(files).copy("[z-a]*").to("/").result())
        .hasMessage("malformed pattern \"[z-a]*\": a character class whose range 'z-a' is empty");
  }

  @Test
  void item8aNamedLinkIsFollowedAndOneInsideADirectoryIsNot() {
    assertThat(
            from("d/", "d/f = x", "d/l -> f", "ld -> d", "lf -> d/f").copy("l*").to("/x/").after())
        .containsExactly("755 0:0 x/", "644 0:0 x/f = x", "644 0:0 x/l -> f", "644 0:0 x/lf = x");
    assertThat(from("a/", "a/b/", "a/b/f = x", "l -> a").copy("l/b/f").to("/").after())
        .containsExactly("644 0:0 f = x");
  }

  @Test
  void item9linksResolveInsideTheSource() {
    assertThat(
            from("a -> /b", "b = x", "d/", "d/up -> ../../../b")
                .copy("a", "d/up")
                .to("/x/")
                .after())
        .containsExactly("755 0:0 x/", "644 0:0 x/a = x", "644 0:0 x/up = x");
    assertThatThrownBy(() -> from("a -> /etc/passwd").copy("a").to("/").result())
        .isInstanceOf(SourceNotFoundException.class);
  }

  @Test
  void item10aLeadingDotDotMeansTheRoot() {
    assertThat(from("x = 1").copy("../x").to("/").after()).containsExactly("644 0:0 x = 1");
  }

  @Test
  void item11linksInTheDestinationAreFollowed() {
    assertThat(from("f = x").onto("d/", "l -> d").copy("f").to("/l/").layer())
        .containsExactly("755 0:0 d/", "644 0:0 d/f = x");
    assertThat(from("f = x").onto("d/", "l -> d").copy("f").to("/l").layer())
        .containsExactly("755 0:0 d/", "644 0:0 d/f = x");
    assertThat(from("f = x").onto("l -> /some/where").copy("f").to("/l/").layer())
        .containsExactly("755 0:0 some/", "755 0:0 some/where/", "644 0:0 some/where/f = x");
    assertThat(from("f = x").onto("l -> ../../../up").copy("f").to("/l/g").layer())
        .containsExactly("755 0:0 up/", "644 0:0 up/g = x");
    assertThat(from("f = new").onto("t = old", "l -> t").copy("f").to("/l").layer())
        .containsExactly("644 0:0 t = new");
  }

  @Test
  void item12withLinkTheDestinationIsNotLookedAt() {
    CopyCase linked = from("f = x").onto("d/", "700 5:5 e/", "l -> d").copy("f").to("/l/");
    assertThat(linked.link().layer()).containsExactly("755 0:0 l/", "644 0:0 l/f = x");
    assertThat(linked.after())
        .containsExactly("755 0:0 d/", "700 5:5 e/", "755 0:0 l/", "644 0:0 l/f = x");
  }

  @Test
  void item13directoriesAndFilesDoNotReplaceEachOther() {
    assertThatThrownBy(() -> from("d/", "d/f").onto("x").copy("d").to("/x").result())
        .isInstanceOf(CopyException.class)
        .hasMessage("cannot copy a directory to \"/x\", which is not a directory");
    assertThatThrownBy(() -> from("d/", "d/f").onto("x/", "x/f/").copy("d").to("/x").result())
        .hasMessage("cannot replace the directory \"/x/f\" with a file");
    assertThatThrownBy(() -> from("d/", "d/s/").onto("x/", "x/s").copy("d").to("/x").result())
        .hasMessage("cannot copy a directory to \"/x/s\", which is not a directory");
    assertThatThrownBy(() -> from("f").onto("x").copy("f").to("/x/").result())
        .isInstanceOf(CopyException.class);
    assertThatThrownBy(() -> from("f").onto("x").copy("f").to("/x/y").result())
        .isInstanceOf(CopyException.class);
  }

  @Test
  void item14aRelativeDestinationStartsFromTheWorkdir() {
    assertThat(from("f").onto("w/").workdir("/w").copy("f").to("x/").after())
        .containsExactly("755 0:0 w/", "755 0:0 w/x/", "644 0:0 w/x/f = ");
    assertThat(from("f").workdir("/w").copy("f").to("/x").after()).containsExactly("644 0:0 x = ");
    assertThat(from("f").workdir("/w").copy("f").to("../../../x").after())
        .containsExactly("644 0:0 x = ");
  }

  @Test
  void item15anEmptyDestinationIsTheWorkdir() {
    for (String to : new String[] {"", ".", "./"}) {
      assertThat(from("f").workdir("/w").copy("f").to(to).link().after())
          .containsExactly("755 0:0 w/", "644 0:0 w/f = ");
    }
  }

  @Test
  void item17aSourceStartsFromTheRoot() {
    assertThat(from("app = x", "w/", "w/app = y").copy("app").to("/").after())
        .containsExactly("644 0:0 app = x");
  }

  @Test
  void item31parentsAreKeptFromThePivotOn() {
    String[] files = {"a/", "a/b/", "700 1:1 a/b/c/", "a/b/c/f = x", "a/b/other", "z"};
    assertThat(from(files).copy("./a/./b/c").to("/d/").parents().after())
        .containsExactly("755 0:0 d/", "755 0:0 d/b/", "700 1:1 d/b/c/", "644 0:0 d/b/c/f = x");
    assertThat(from(files).copy("a/b/c/f").to("/d").parents().after())
        .containsExactly(
            "755 0:0 d/",
            "755 0:0 d/a/",
            "755 0:0 d/a/b/",
            "700 1:1 d/a/b/c/",
            "644 0:0 d/a/b/c/f = x");
    assertThat(from(files).copy("**/f").to("/").parents().after())
        .containsExactly("755 0:0 a/", "755 0:0 a/b/", "700 1:1 a/b/c/", "644 0:0 a/b/c/f = x");
    assertThat(from(files).copy("*/b/o*").to("/").parents().after())
        .containsExactly("755 0:0 a/", "755 0:0 a/b/", "644 0:0 a/b/other = ");
  }

  @Test
  void item31aMissingPathWithParentsFailsAndAWildcardDoesNot() {
    assertThatThrownBy(() -> from("a/").copy("a/no").to("/d/").parents().result())
        .isInstanceOf(SourceNotFoundException.class);
    assertThat(from("a/").copy("a/n*").to("/d/").parents().after()).containsExactly("755 0:0 d/");
  }

  @Test
  void item31aPathWithParentsThatLeadsOverALinkBringsNothingAndIsTold() {
    String[] files = {"a/", "a/b/", "a/b/f = x", "l -> a", "a/m -> b"};
    assertThat(from(files).copy("l/b/f").to("/d/").parents().result().unmatched())
        .containsExactly("l/b/f");
    assertThat(from(files).copy("a/./m/f").to("/d/").parents().result().unmatched())
        .containsExactly("a/./m/f");
    for (String word : new String[] {"l/./b/f", "a/b/f", "l", "a/m", "./a/b", "."}) {
      assertThat(from(files).copy(word).to("/d/").parents().result().unmatched()).isEmpty();
    }
  }

  @Test
  void item32excludesApplyBelowDirectoriesAndToMatchesThemselves() {
    String[] files = {"hom.txt", "home", "d/", "d/a.txt", "d/b", "d/e/", "d/e/c.txt", "d/e/x"};
    assertThat(from(files).copy("hom*").to("/my/").exclude("*.txt").after())
        .containsExactly("755 0:0 my/", "644 0:0 my/home = ");
    assertThat(from(files).copy("d").to("/my/").exclude("*.txt").after())
        .containsExactly(
            "755 0:0 my/",
            "644 0:0 my/b = ",
            "755 0:0 my/e/",
            "644 0:0 my/e/c.txt = ",
            "644 0:0 my/e/x = ");
    assertThat(from(files).copy("d*").to("/none/").exclude("*").after())
        .as("a directory that is left out has its destination made")
        .containsExactly("755 0:0 none/");
    assertThat(from(files).copy("d").to("/my/").exclude("**/*.txt").after())
        .containsExactly("755 0:0 my/", "644 0:0 my/b = ", "755 0:0 my/e/", "644 0:0 my/e/x = ");
    assertThat(from(files).copy("d").to("/my/").exclude("e", "!e/x").after())
        .containsExactly(
            "755 0:0 my/",
            "644 0:0 my/a.txt = ",
            "644 0:0 my/b = ",
            "755 0:0 my/e/",
            "644 0:0 my/e/x = ");
    assertThat(from(files).copy("d").to("/my/").exclude("e").after())
        .containsExactly("755 0:0 my/", "644 0:0 my/a.txt = ", "644 0:0 my/b = ");
  }

  @Test
  void item70aFileThatIsInNoTreeIsCopiedByItsName() {
    RegularFile file =
        new RegularFile(Metadata.of(0644, 5), Origin.NONE, BytesContent.of("text\n"));
    CopyOperation operation = new CopyOperation(FileTree.EMPTY, CopyFlags.to("/d/"));
    operation.copyFile("heredoc", file);
    operation.copyFile("other", file);
    assertThat(Trees.lines(operation.result().changes()))
        .containsExactly("755 0:0 d/", "644 0:0 d/heredoc = text\n", "644 0:0 d/other = text\n");
  }
}
