package dev.slipway.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** B1: what COPY takes and where it puts it. */
class CopyPathsTest extends BuildTest {
  @Test
  void item1aDirectoryBringsItsContents() {
    file("d/a", "1");
    file("d/sub/b", "2");
    assertThat(build("FROM scratch\nCOPY d /x\n").files())
        .containsExactly("755 0:0 x/", "644 0:0 x/a = 1", "755 0:0 x/sub/", "644 0:0 x/sub/b = 2");
  }

  @Test
  void item2wildcardsMergeDirectories() {
    file("d/f", "1");
    file("e/g", "2");
    file("h", "3");
    BuiltImage image = build("FROM scratch\nCOPY * /x/\n");
    assertThat(image.has("/x/f")).isTrue();
    assertThat(image.has("/x/g")).isTrue();
    assertThat(image.has("/x/h")).isTrue();
    assertThat(image.has("/x/d")).isFalse();
  }

  @Test
  void item3and4slashesAtTheEnd() {
    file("f", "1");
    BuiltImage image =
        build(
            """
            FROM scratch
            COPY f/ /named
            COPY f /dir/
            COPY f /dot/.
            WORKDIR /is
            COPY f /is
            """);
    assertThat(image.text("/named")).isEqualTo("1");
    assertThat(image.text("/dir/f")).isEqualTo("1");
    assertThat(image.text("/dot/f")).isEqualTo("1");
    assertThat(image.text("/is/f")).isEqualTo("1");
  }

  @Test
  void item5severalSourcesNeedADirectory() {
    file("a", "1");
    file("b", "2");
    assertThat(failure("FROM scratch\nCOPY a b /x\n"))
        .hasMessageContaining("/x")
        .extracting("span.position")
        .asString()
        .startsWith("Dockerfile:2");
    assertThat(build("FROM scratch\nWORKDIR /x\nCOPY a b /x\n").text("/x/b")).isEqualTo("2");
    assertThat(build("FROM scratch\nWORKDIR /x\nCOPY [ab] /x\n").text("/x/b")).isEqualTo("2");
  }

  @Test
  void item6aWildcardMayMatchNothingWithAWarning() {
    file("foo", "1");
    BuiltImage image = build("FROM scratch\nCOPY nomatch* /\nCOPY foo nomatch* /\n");
    assertThat(image.files()).containsExactly("644 0:0 foo = 1");
    assertThat(image.warnings()).anyMatch(text -> text.contains("nomatch*"));
    assertThat(failure("FROM scratch\nCOPY fop /\n").toDiagnostic().render())
        .contains("fop")
        .contains("foo");
  }

  @Test
  void item7wildcardsAreGos() {
    file("a[1", "bracket");
    file("a1", "one");
    file("d/e/f.txt", "deep");
    file("d/g.txt", "flat");
    BuiltImage image =
        build(
            """
            FROM scratch
            COPY a[[]1 /x/
            COPY a\\\\[* /y/
            COPY d/**/f.txt d/*.txt /z/
            COPY d/** /w/
            """);
    assertThat(image.text("/x/a[1")).isEqualTo("bracket");
    assertThat(image.text("/y/a[1")).isEqualTo("bracket");
    assertThat(image.text("/z/f.txt")).isEqualTo("deep");
    assertThat(image.text("/z/g.txt")).isEqualTo("flat");
    assertThat(image.has("/w/f.txt")).isTrue();
    assertThat(image.has("/x/a1")).isFalse();
  }

  @Test
  void item8namedLinksAreFollowedAndOthersKept() {
    file("real/f", "1");
    workspace().link("link", "real");
    workspace().link("real/inner", "f");
    BuiltImage image = build("FROM scratch\nCOPY link /x\nCOPY link/f /y\nCOPY lin* /z/\n");
    assertThat(image.text("/x/f")).isEqualTo("1");
    assertThat(image.files()).contains("777 0:0 x/inner -> f", "644 0:0 y = 1", "644 0:0 z/f = 1");
  }

  @Test
  void item9linksEndInsideTheSource() {
    file("abs", "inside");
    workspace().link("d/absolute", "/abs");
    workspace().link("d/above", "../../../abs");
    workspace().link("d/passwd", "/etc/hostname");
    BuiltImage image = build("FROM scratch\nCOPY d/absolute /a\nCOPY d/above /b\n");
    assertThat(image.text("/a")).isEqualTo("inside");
    assertThat(image.text("/b")).isEqualTo("inside");
    assertThat(failure("FROM scratch\nCOPY d/passwd /c\n")).hasMessageContaining("not found");
  }

  @Test
  void item10dotDotStopsAtTheContext() {
    file("x", "1");
    assertThat(build("FROM scratch\nCOPY ../../x /y\n").text("/y")).isEqualTo("1");
    assertThat(failure("FROM scratch\nCOPY ../z /y\n").hint())
        .startsWith("what lies above the build context is not in it: ");
  }

  @Test
  void item11linksInTheDestinationAreFollowed() {
    workspace().link("tree/to", "real");
    workspace().directory("tree/real");
    workspace().link("tree/out", "../../../escaped");
    file("f", "1");
    BuiltImage image = build("FROM scratch\nCOPY tree /\nCOPY f /to/f\nCOPY f /out/f\n");
    assertThat(image.text("/real/f")).isEqualTo("1");
    assertThat(image.text("/escaped/f")).isEqualTo("1");
    assertThat(image.files()).contains("777 0:0 to -> real");
  }

  @Test
  void item12linkedCopiesReplaceALinkByADirectory() {
    workspace().link("tree/to", "real");
    file("tree/real/g", "2");
    file("f", "1");
    BuiltImage image = build("FROM scratch\nCOPY tree /\nCOPY --link f /to/f\n");
    assertThat(image.layer(-1)).containsExactly("755 0:0 to/", "644 0:0 to/f = 1");
    assertThat(image.has("/real/f")).isFalse();
  }

  @Test
  void item13aDirectoryAndAFileDoNotReplaceEachOther() {
    file("d/x/f", "1");
    file("file", "2");
    file("e/x", "3");
    assertThat(failure("FROM scratch\nCOPY file /x\nCOPY d /\n"))
        .hasMessageContaining("cannot copy a directory to \"/x\", which is not a directory");
    assertThat(failure("FROM scratch\nCOPY d /\nCOPY e /\n"))
        .hasMessageContaining("cannot replace the directory \"/x\" with a file");
  }

  @Test
  void item14and15relativeDestinationsStartAtTheWorkdir() {
    file("f", "1");
    BuiltImage image =
        build(
            """
            FROM scratch
            ARG EMPTY=
            WORKDIR /a/b
            COPY f c
            COPY f ../d
            COPY f ../../../../e
            COPY f /g
            COPY f $EMPTY
            """);
    assertThat(image.has("/a/b/c")).isTrue();
    assertThat(image.has("/a/d")).isTrue();
    assertThat(image.has("/e")).isTrue();
    assertThat(image.has("/g")).isTrue();
    assertThat(image.has("/a/b/f")).isTrue();
  }

  @Test
  void item16blanksNeedJson() {
    file("a b", "1");
    assertThat(build("FROM scratch\nCOPY [\"a b\", \"/x y\"]\n").text("/x y")).isEqualTo("1");
    assertThat(build("FROM scratch\nCMD [\"q\", z]\n").config().cmd())
        .containsExactly("/bin/sh", "-c", "[\"q\", z]");
    assertThat(failure("FROM scratch\nCOPY [\"a b\", 1]\n")).hasMessageContaining("string");
  }

  @Test
  void item17copyFromIgnoresTheOtherWorkdir() {
    file("app", "1");
    assertThat(
            failure(
                    """
                    FROM scratch AS x
                    WORKDIR /src
                    COPY app .
                    FROM scratch
                    COPY --from=x app /
                    """)
                .toDiagnostic()
                .render())
        .contains("app")
        .contains("/src/app");
  }
}
