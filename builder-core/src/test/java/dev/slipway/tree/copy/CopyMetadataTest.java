package dev.slipway.tree.copy;

import static dev.slipway.tree.Trees.tree;
import static dev.slipway.tree.copy.CopyCase.from;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Modes, owners, times and links of what COPY makes. */
class CopyMetadataTest {
  @Test
  void item19aNewDestinationDirectoryIsPlainAndNestedOnesKeepTheirs() {
    assertThat(from("700 1:2 d/", "711 3:4 d/e/", "600 5:6 d/e/f").copy("d").to("/x").after())
        .containsExactly("755 0:0 x/", "711 3:4 x/e/", "600 5:6 x/e/f = ");
  }

  @Test
  void item20anExistingDestinationKeepsItsModeAndNestedOnesDoNot() {
    assertThat(
            from("700 1:2 d/", "711 3:4 d/e/", "d/f")
                .onto("750 7:7 x/", "750 8:8 x/e/")
                .copy("d")
                .to("/x")
                .after())
        .containsExactly("750 7:7 x/", "711 3:4 x/e/", "644 0:0 x/f = ");
  }

  @Test
  void item21createdDirectoriesGetTheOwnerAndAnOctalMode() {
    assertThat(from("f").copy("f").to("/a/b/").chown(5, 6).after())
        .containsExactly("755 5:6 a/", "755 5:6 a/b/", "644 5:6 a/b/f = ");
    assertThat(from("f").copy("f").to("/a/b/").chmod("700").after())
        .containsExactly("700 0:0 a/", "700 0:0 a/b/", "700 0:0 a/b/f = ");
    assertThat(from("f").copy("f").to("/a/").chmod("u=rw,go=").after())
        .containsExactly("755 0:0 a/", "600 0:0 a/f = ");
    assertThat(from("f").onto("a/").copy("f").to("/a/").chown(5, 6).after())
        .containsExactly("755 0:0 a/", "644 5:6 a/f = ");
  }

  @Test
  void item22anOctalModeHitsDirectoriesTooAndASymbolicOneNeedNot() {
    String[] files = {"d/", "d/e/", "600 0:0 d/f", "700 0:0 d/x", "777 0:0 d/l -> f"};
    assertThat(from(files).copy("d").to("/y").chmod("644").after())
        .containsExactly(
            "644 0:0 y/", "644 0:0 y/e/", "644 0:0 y/f = ", "777 0:0 y/l -> f", "644 0:0 y/x = ");
    assertThat(from(files).copy("d").to("/y").chmod("u=rwX,go=rX").after())
        .containsExactly(
            "755 0:0 y/", "755 0:0 y/e/", "644 0:0 y/f = ", "777 0:0 y/l -> f", "755 0:0 y/x = ");
  }

  @Test
  void directoriesBelowASetgidDirectoryAreAsTheKernelMakesThem() {
    CopyCase copy = from("d/", "700 0:0 d/e/", "f").onto("2775 9:50 s/").to("/s/a/b/");
    assertThat(copy.copy("d").after())
        .containsExactly("2775 9:50 s/", "2755 0:50 s/a/", "2755 0:50 s/a/b/", "700 0:0 s/a/b/e/");
    assertThat(copy.chmod("711").after())
        .contains("2711 0:50 s/a/", "2711 0:50 s/a/b/", "711 0:0 s/a/b/e/");
    assertThat(copy.chown(7, 8).after()).contains("2711 7:8 s/a/", "711 7:8 s/a/b/e/");
    assertThat(from("f").onto("2775 9:50 s/").copy("f").to("/s/a/f").after())
        .containsExactly("2775 9:50 s/", "2755 0:50 s/a/", "644 0:0 s/a/f = ");
  }

  @Test
  void directoriesThatAnArchiveImpliesHaveTheGroupOfASetgidDirectoryOnly() {
    ChangeSet archive =
        ChangeSet.of(List.of(new Change.Put(TreePath.of("a/b/c"), entry(tree("f"), "f"))));
    CopyCase add = from("t").archives(file -> archive).onto("2775 9:50 s/").copy("t").to("/s/x");
    assertThat(add.after())
        .containsExactly(
            "2775 9:50 s/",
            "2755 0:50 s/x/",
            "755 0:50 s/x/a/",
            "755 0:0 s/x/a/b/",
            "644 0:0 s/x/a/b/c = ");
  }

  @Test
  void item25setuidBitsAreKept() {
    assertThat(from("4755 0:0 f").copy("f").to("/").after()).containsExactly("4755 0:0 f = ");
    assertThat(from("f").copy("f").to("/").chmod("4711").after()).containsExactly("4711 0:0 f = ");
  }

  @Test
  void item27allOfAStagesMetadataIsKept() {
    Xattrs xattrs = Xattrs.of(Map.of("security.capability", new byte[] {1, 2}));
    FileTreeBuilder stage = new FileTreeBuilder();
    Metadata metadata = new Metadata(04755, 7, 8, 99, 5, xattrs);
    stage.put(TreePath.of("f"), new RegularFile(metadata, Origin.NONE, BytesContent.EMPTY));
    stage.put(TreePath.of("null"), new Device(metadata, Origin.NONE, Device.Type.CHARACTER, 1, 3));
    FileTree copied = from(stage.build()).copy("f", "null").to("/").tree();
    assertThat(entry(copied, "f").metadata()).isEqualTo(metadata);
    assertThat(entry(copied, "null")).isInstanceOf(Device.class);
    assertThat(entry(copied, "null").metadata()).isEqualTo(metadata);
  }

  @Test
  void item28hardLinksStayLinkedInsideOneSourceOnly() {
    FileTree source = tree("d/", "d/a = x", "d/b => d/a");
    FileTree together = from(source).copy("d").to("/x/").tree();
    assertThat(entry(together, "x/a")).isSameAs(entry(together, "x/b"));
    FileTree apart = from(source).copy("d/a", "d/b").to("/x/").tree();
    assertThat(entry(apart, "x/a")).isNotSameAs(entry(apart, "x/b"));
    FileTree matched = from(source).copy("d/*").to("/x/").tree();
    assertThat(entry(matched, "x/a")).isNotSameAs(entry(matched, "x/b"));
  }

  @Test
  void item29pipesStayPipes() {
    FileTreeBuilder source = new FileTreeBuilder();
    source.put(
        TreePath.of("p"), new Device(Metadata.of(0600, 1), Origin.NONE, Device.Type.FIFO, 0, 0));
    assertThat(from(source.build()).copy("p").to("/").after())
        .containsExactly("600 0:0 p FIFO 0:0");
  }

  @Test
  void item30linkIsDroppedWhereModesAreChanged() {
    assertThat(from("f").onto("d/", "l -> d").copy("f").to("/l/").chmod("600").link().layer())
        .containsExactly("755 0:0 d/", "600 0:0 d/f = ");
  }

  @Test
  void item33timesOfFilesAreKeptAndCreatedDirectoriesHaveTheGivenTime() {
    FileTree copied = from("d/", "d/e/", "d/e/f").copy("d").to("/x/").tree();
    assertThat(entry(copied, "x").metadata().mtimeSeconds()).isZero();
    assertThat(entry(copied, "x/e").metadata().mtimeSeconds()).isEqualTo(1000);
    assertThat(entry(copied, "x/e/f").metadata().mtimeSeconds()).isEqualTo(1000);
  }

  @Test
  void item36archivesKeepTheirMetadataButForTheOwnerThatIsAskedFor() {
    ChangeSet archive = archive("2755 7:8 bin/", "4755 7:8 bin/su = s");
    CopyCase add = from("a.tar").archives(file -> archive).copy("a.tar").to("/x").chmod("600");
    assertThat(add.after())
        .containsExactly("755 0:0 x/", "2755 7:8 x/bin/", "4755 7:8 x/bin/su = s");
    assertThat(add.chown(1, 2).after())
        .containsExactly("755 1:2 x/", "2755 1:2 x/bin/", "4755 1:2 x/bin/su = s");
  }

  @Test
  void item37theDestinationOfAnArchiveIsADirectoryAndImpliedOnesArePlain() {
    ChangeSet archive =
        ChangeSet.of(List.of(new Change.Put(TreePath.of("a/b"), entry(tree("f = x"), "f"))));
    assertThat(from("t").archives(file -> archive).copy("t").to("/x").chown(3, 3).after())
        .containsExactly("755 3:3 x/", "755 0:0 x/a/", "644 3:3 x/a/b = x");
  }

  @Test
  void item37anArchiveReplacesWhatIsThereAndFollowsLinksToDirectories() {
    ChangeSet archive = archive("lib/", "lib/x = new", "f = file");
    assertThat(
            from("t")
                .archives(file -> archive)
                .onto("usr/", "usr/lib/", "usr/lib/x = old", "lib -> usr/lib", "f/", "f/gone")
                .copy("t")
                .to("/")
                .after())
        .containsExactly(
            "644 0:0 f = file",
            "755 0:0 lib/",
            "644 0:0 lib/x = new",
            "755 0:0 usr/",
            "755 0:0 usr/lib/",
            "644 0:0 usr/lib/x = old");
    ChangeSet implied =
        ChangeSet.of(List.of(new Change.Put(TreePath.of("lib/y"), entry(tree("f = y"), "f"))));
    assertThat(
            from("t")
                .archives(file -> implied)
                .onto("d/", "d/real/", "d/lib -> /real")
                .copy("t")
                .to("/d")
                .layer())
        .containsExactly("755 0:0 d/", "755 0:0 d/real/", "644 0:0 d/real/y = y");
  }

  @Test
  void item35whatIsNoArchiveIsCopied() {
    ArchiveOpener opener = file -> file.size() == 3 ? archive("in = a") : null;
    assertThat(from("no = 1", "yes = 333").archives(opener).copy("*").to("/x/").after())
        .containsExactly("755 0:0 x/", "644 0:0 x/in = a", "644 0:0 x/no = 1");
  }

  @Test
  void item100directoriesAboveAreEmittedAsTheyAre() {
    assertThat(from("f").onto("711 9:9 a/", "1777 8:8 a/b/", "z").copy("f").to("/a/b/").layer())
        .containsExactly("711 9:9 a/", "1777 8:8 a/b/", "644 0:0 a/b/f = ");
  }

  @Test
  void theOriginIsTheLineThatFirstMadeAnEntry() {
    Origin stage = new Origin("build", 3, "RUN make");
    Origin line = new Origin("final", 9, "COPY . /");
    FileTreeBuilder source = new FileTreeBuilder(tree("context"));
    source.put(
        TreePath.of("made"), new RegularFile(Metadata.of(0644, 1), stage, BytesContent.EMPTY));
    CopyFlags flags = new CopyFlags("/x/", "/", null, null, false, false, List.of(), line, 0);
    CopyOperation copy = new CopyOperation(FileTree.EMPTY, flags);
    copy.copy(source.build(), ".");
    FileTree copied = FileTree.EMPTY.apply(copy.result().changes());
    assertThat(entry(copied, "x/made").origin()).isEqualTo(stage);
    assertThat(entry(copied, "x/context").origin()).isEqualTo(line);
    assertThat(entry(copied, "x").origin()).isEqualTo(line);
  }

  @Test
  void item71workdirMakesDirectoriesAndLeavesExistingOnesAlone() {
    FileTree base = tree("700 1:1 a/", "l -> a");
    Ownership owner = new Ownership(5, 5);
    assertThat(Trees.lines(DirectoryMaker.make(base, TreePath.of("/l/b/c"), owner, 0, Origin.NONE)))
        .containsExactly("700 1:1 a/", "755 5:5 a/b/", "755 5:5 a/b/c/");
    assertThat(DirectoryMaker.make(base, TreePath.of("/a"), owner, 0, Origin.NONE)).isEmpty();
    assertThat(DirectoryMaker.make(base, TreePath.ROOT, owner, 0, Origin.NONE)).isEmpty();
    FileTree setgid = tree("2775 1:50 s/");
    TreePath wanted = TreePath.of("/s/w");
    assertThat(Trees.lines(DirectoryMaker.make(setgid, wanted, null, 0, Origin.NONE)))
        .containsExactly("2775 1:50 s/", "2755 0:50 s/w/");
    assertThat(Trees.lines(DirectoryMaker.make(setgid, wanted, owner, 0, Origin.NONE)))
        .containsExactly("2775 1:50 s/", "2755 5:5 s/w/");
  }

  private static ChangeSet archive(String... lines) {
    return ChangeSet.between(FileTree.EMPTY, tree(lines));
  }

  private static Entry entry(FileTree tree, String path) {
    return Objects.requireNonNull(tree.find(TreePath.of(path)), path);
  }

  /** Directories count too. */
  @Test
  void anEmptyDirectoryIsCopied() {
    FileTree copied = from("d/", "d/empty/").copy("d").to("/").tree();
    assertThat(entry(copied, "empty")).isInstanceOf(Directory.class);
  }
}
