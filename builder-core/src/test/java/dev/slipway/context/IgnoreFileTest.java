package dev.slipway.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tree.glob.PathText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers are those of the semantics that the test holds to. */
class IgnoreFileTest {

  private static IgnoreFile of(String... lines) {
    return IgnoreFile.parse(
        String.join("\n", lines).getBytes(StandardCharsets.UTF_8), ".dockerignore");
  }

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    // names and directories
    "app, app, true",
    "app, app/main.c, true",
    "app, app/sub/deep/main.c, true",
    "app, application, false",
    "app, src/app, false",
    "app/, app, true",
    "app/, app/x, true",
    "/app, app, true",
    "/app/, app/x, true",
    "./app, app, true",
    "app//lib, app/lib/x, true",
    "app/./lib, app/lib, true",
    "app/../lib, lib/a, true",
    "../app, app, false",
    "/../app, app, true",
    "., app, false",
    "/, app, false",
    "app/lib, app, false",
    "APP, app, false",
    // named characters, which are read as in a regular expression
    "[[:alpha:]]1, a1, true",
    "[[:alpha:]]1, :1, false",
    "[[:alpha:]]1, a]1, false",
    "[[:alpha:]]1, é1, false",
    "[^[:digit:]_]x, _x, false",
    "[^[:digit:]_]x, 0x, false",
    "[^[:digit:]_]x, ax, true",
    "[[:^digit:]]x, 0x, false",
    "[[:^digit:]]x, éx, true",
    "[_[:upper:][:digit:]]x, 5x, true",
    "[_[:upper:][:digit:]]x, ax, false",
    "[[:word]x, wx, true",
    "[[:space:]]x, ' x', true",
    // one star
    "*, app, true",
    "*, app/x, true",
    "*.txt, a.txt, true",
    "*.txt, d/a.txt, false",
    "*.txt, .txt, true",
    "*.txt, a.txt/inner, true",
    "*.txt, a.txt2, false",
    "a*, abc, true",
    "a*, a, true",
    "a*, ba, false",
    "a*/b, abc/b, true",
    "a*/b, a/x/b, false",
    "*/temp*, d/temporary, true",
    "*/temp*, d/e/temp, false",
    "*/*/temp*, d/e/temp, true",
    "d/*, d, false",
    "d/*, d/x, true",
    "d/*, d/x/y, true",
    "a*b*c, axxbyyc, true",
    "a*b*c, axxbyy, false",
    "*.*, Makefile, false",
    "*.*, a.b, true",
    // question mark
    "temp?, temp1, true",
    "temp?, temp, false",
    "temp?, temp12, false",
    "a?b, a/b, false",
    "caf?, café, true",
    "?, 😀, true",
    // two stars
    "**, anything/at/all, true",
    "**/, anything, true",
    "**/**, a/b, true",
    "**/**, a, true",
    "**/*.txt, a.txt, true",
    "**/*.txt, d/e/a.txt, true",
    "**/*.txt, d/a.txt.bak, false",
    "**/node_modules, node_modules, true",
    "**/node_modules, a/b/node_modules/c, true",
    "**/node_modules, a/my_node_modules, false",
    "**name, name, true",
    "**name, d/surname, true",
    "**name, names, false",
    "d/**, d/x/y, true",
    "d/**, d, false",
    "d**, dx/y, true",
    "d**, d, true",
    "d**, e/d, false",
    "a/**/b, a/b, true",
    "a/**/b, a/x/y/b, true",
    "a/**/b, a/xb, false",
    "a/**/b, z/a/b, false",
    "a**/b, a/b, true",
    "a**/b, ab, true",
    "a**/b, ax/y/b, true",
    "a/**/*.o, a/b/c/d.o, true",
    "**/a/**, x/a/y, true",
    "**/a/**, x/a, false",
    "**/x?z, p/q/xyz, true",
    "a/**/b/**/c, a/b/c, true",
    "a/**/b/**/c, a/1/b/2/3/c, true",
    "***, a, true",
    "***, a/b, true",
    // classes and escapes
    "[abc].txt, b.txt, true",
    "[abc].txt, d.txt, false",
    "[^abc].txt, d.txt, true",
    "[^abc].txt, a.txt, false",
    "[a-c]x, bx, true",
    "[a-c]x, dx, false",
    "[à-ü]x, éx, true",
    "a[^x]b, a/b, true",
    "'a[[]b', 'a[b', true",
    "a\\*b, a*b, true",
    "a\\*b, axb, false",
    "a\\?, a?, true",
    "'a\\[b', 'a[b', true",
    "a[\\]]b, a]b, true",
    "a[\\-z]b, a-b, true",
    // what a regular expression would take differently
    "a.b, axb, false",
    "a+b*, a+bc, true",
    "a+b*, aab, false",
    "(a)*, (a)b, true",
    "a|b*, a|bc, true",
    "'*.{js,*}', 'x.{js,y}', true",
    "a$*, a$b, true",
    "'a b*', 'a bc', true",
  })
  void semantics93_patternsMatchAsInTheReference(String pattern, String path, boolean ignored) {
    assertThat(of(pattern).verdictOn(path).ignored()).isEqualTo(ignored);
  }

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    "'*|!README.md', README.md, false",
    "'*|!README.md', other, true",
    "'docs|!docs/README.md', docs/README.md, false",
    "'docs|!docs/README.md', docs/other, true",
    "'docs|!docs/README.md', docs, true",
    "'docs/|!docs/README.md', docs/README.md, false",
    "'!docs/README.md|docs', docs/README.md, true",
    "'*.md|!README*.md|README-secret.md', README-secret.md, true",
    "'*.md|!README*.md|README-secret.md', README-x.md, false",
    "'*.md|README-secret.md|!README*.md', README-secret.md, false",
    "'*|!app|app/target', app/main.c, false",
    "'*|!app|app/target', app/target/x, true",
    "'**|!**/*.c', d/e/x.c, false",
    "'**|!**/*.c', d/e/x.h, true",
    "'*|! app', app, false",
    "'*|!/app', app/x, false",
    "'*|!./app/', app/x, false",
    "'a|!a/b|a/b/c|!a/b/c/d', a/b/c/d, false",
    "'a|!a/b|a/b/c|!a/b/c/d', a/b/c/e, true",
    "'a|!a/b|a/b/c|!a/b/c/d', a/b/x, false",
    "'*|!*/', d/x, false",
    "'d/*|!d/keep', d/keep/x, false",
  })
  void semantics92_theLastMatchingLineWins(String lines, String path, boolean ignored) {
    assertThat(of(lines.split("\\|")).verdictOn(path).ignored()).isEqualTo(ignored);
  }

  @Test
  void semantics92_aLineWithNoSayAboutADirectoryIsNotAskedAboutItAgain() {
    // "a" comes when a is ignored already, so it does not count as matched for a/x.
    assertThat(of("a*", "!a/x", "a").verdictOn("a/x").ignored()).isFalse();
  }

  @Test
  void semantics93_commentsStandInTheFirstColumnOnly() {
    assertThat(of("#a", " #b").toString()).isEqualTo("[#b]");
  }

  @Test
  void semantics93_blankLinesAndBlanksAroundAPatternAreDropped() {
    assertThat(of("", "  \t", "  a  ", "b\r", "\u00a0c\u2003").toString()).isEqualTo("[a, b, c]");
  }

  @Test
  void semantics93_aByteOrderMarkIsSkippedInFrontOnly() {
    assertThat(of("\uFEFFa", "\uFEFFb").toString()).isEqualTo("[a, \uFEFFb]");
    assertThat(of("\uFEFF#a").isEmpty()).isTrue();
  }

  @Test
  void semantics93_aLastLineNeedsNoEnd() {
    assertThat(of("a\nb").verdictOn("b").ignored()).isTrue();
    assertThat(of("a\nb\n").verdictOn("b").ignored()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "! ", "!/", "!  /  "})
  void semantics93_aLoneExclamationMarkIsAnError(String line) {
    assertThatThrownBy(() -> of("a", line))
        .isInstanceOf(ContextException.class)
        .hasMessage(".dockerignore:2: illegal exclusion pattern: \"!\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[", "a[", "[]", "[^]", "[a", "[a-", "[a-]", "[-a]", "[]a]", "[z-a]", "a\\", "[a\\", "![x"
      })
  void semantics93_aMalformedPatternIsAnError(String line) {
    assertThatThrownBy(() -> of(line))
        .isInstanceOf(ContextException.class)
        .hasMessageStartingWith(".dockerignore:1: malformed pattern \"" + line + "\": a ");
  }

  @Test
  void aDoubleExclamationMarkKeepsANameThatStartsWithOne() {
    assertThat(of("*", "!!a").verdictOn("!a").ignored()).isFalse();
  }

  @Test
  void namesThatAreNoUtf8AreToldApart() {
    byte[] one = {'a', (byte) 0xE9};
    byte[] other = {'a', (byte) 0xE8};
    IgnoreFile file = IgnoreFile.parse(one, "x");
    assertThat(file.verdictOn(PathText.decode(one)).ignored()).isTrue();
    assertThat(file.verdictOn(PathText.decode(other)).ignored()).isFalse();
    assertThat(of("a?").verdictOn(PathText.decode(one)).ignored()).isTrue();
  }

  @Test
  void wholeIgnoredDirectoriesAreLeftAloneUnlessAnExceptionMayApply() {
    IgnoreFile file = of("node_modules", "docs", "!docs/a/README.md", "src*", "!src/**/keep");
    assertThat(below(file, "node_modules")).isFalse();
    assertThat(below(file, "docs")).isTrue();
    assertThat(below(file, "docs/a")).isTrue();
    assertThat(below(file, "docs/b")).isFalse();
    assertThat(below(file, "src")).isTrue();
    assertThat(below(file, "src2")).isFalse();
    assertThat(below(file, "other")).isTrue();
  }

  private static boolean below(IgnoreFile file, String directory) {
    IgnoreFile.Verdict verdict = file.top();
    String path = "";
    for (String name : directory.split("/")) {
      path = path.isEmpty() ? name : path + "/" + name;
      verdict = verdict.of(path);
    }
    return verdict.mayKeepBelow();
  }

  @Test
  void hostilePatternsTakeLinearTime() {
    String pattern = "*a".repeat(200) + "b";
    String deep = "**/a".repeat(60) + "/b";
    String path = "a".repeat(240);
    String nested = "a/".repeat(120) + "c";
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          assertThat(of(pattern).verdictOn(path).ignored()).isFalse();
          assertThat(of(deep).verdictOn(nested).ignored()).isFalse();
          assertThat(of("[a-z]*".repeat(300)).verdictOn(path).ignored()).isFalse();
        });
  }

  @Test
  void randomTextIsAPatternOrOurError() {
    Random random = new Random(42);
    String alphabet = "a*?[]^-\\/!#. \n\r\u00e9{|}$:";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        of(text.toString()).verdictOn("a/b.c").ignored();
      } catch (ContextException e) {
        assertThat(e).hasMessageContaining(".dockerignore:");
      }
    }
  }

  @Test
  void aHundredThousandPathsAreMatchedInWellUnderASecond() {
    IgnoreFile file =
        of(
            ".git",
            "**/node_modules",
            "**/*.log",
            "*.md",
            "!README.md",
            "target",
            "**/target/**",
            "build/*",
            "docs/**",
            "**/.DS_Store",
            "*.tmp",
            "**/*~",
            "a/b/c",
            "**/test?",
            "*/*.o",
            "**/[Bb]in",
            "src/**/gen",
            "!src/keep/**",
            "x*y*z",
            "**/*.class");
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      paths.add("src/module" + i % 100 + "/File" + i + ".java");
    }
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          IgnoreFile.Verdict top = file.top();
          IgnoreFile.Verdict src = top.of("src");
          int ignored = 0;
          for (String path : paths) {
            ignored += src.of(path).ignored() ? 1 : 0;
          }
          assertThat(ignored).isZero();
        });
  }
}
