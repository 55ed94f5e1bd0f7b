package dev.slipway.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreePathTest {
  @ParameterizedTest
  @CsvSource({
    "/,/",
    "'',/",
    ".,/",
    "..,/",
    "a,/a",
    "/a/,/a",
    "a//b,/a/b",
    "./a/./b/.,/a/b",
    "a/../b,/b",
    "../../a,/a",
    "a/b/../..,/",
    "a/...,/a/...",
    "..a,/..a",
    "a/../../b/c/..,/b",
  })
  void pathsAreCleanedAndStopAtTheRoot(String text, String clean) {
    assertThat(TreePath.of(text)).hasToString(clean);
  }

  @Test
  void bytesSaidToBeCleanAreTakenExactlyWhenTheyAre() {
    Random random = new Random(3);
    byte[] letters = {'a', '.', '/', 0};
    for (int i = 0; i < 50_000; i++) {
      byte[] path = new byte[random.nextInt(7)];
      for (int j = 0; j < path.length; j++) {
        path[j] = letters[random.nextInt(letters.length)];
      }
      TreePath slow = TreePath.ofBytes(path);
      boolean clean = Arrays.equals(slow.toBytes(), path) && indexOfNul(path) < 0;
      for (int known = 0; known <= path.length; known++) {
        if (TreePath.ofClean(Arrays.copyOf(path, known), 0) != null) {
          assertThat(TreePath.ofClean(path, known)).isEqualTo(clean ? slow : null);
        }
      }
    }
  }

  private static int indexOfNul(byte[] path) {
    return new String(path, StandardCharsets.ISO_8859_1).indexOf(0);
  }

  @Test
  void parentsComeFirstAndContentsAreContiguous() {
    List<String> sorted =
        Stream.of("a-b", "a/b", "a", "a.b", "b", "a/b/c", "a/c", "é", "A", "")
            .map(TreePath::of)
            .sorted()
            .map(TreePath::toString)
            .collect(Collectors.toList());
    assertThat(sorted)
        .containsExactly("/", "/A", "/a", "/a/b", "/a/b/c", "/a/c", "/a-b", "/a.b", "/b", "/é");
  }

  @Test
  void theOrderIsThatOfComponents() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      TreePath one = randomPath(random);
      TreePath other = randomPath(random);
      assertThat(Integer.signum(one.compareTo(other))).isEqualTo(slowOrder(one, other));
    }
  }

  private static TreePath randomPath(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append("/-a\u00e9".charAt(random.nextInt(4)));
    }
    return TreePath.of(text.toString());
  }

  private static int slowOrder(TreePath one, TreePath other) {
    List<byte[]> a = one.components();
    List<byte[]> b = other.components();
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = Arrays.compareUnsigned(a.get(i), b.get(i));
      if (order != 0) {
        return Integer.signum(order);
      }
    }
    return Integer.signum(a.size() - b.size());
  }

  @Test
  void pathsAreTakenApartAndPutTogether() {
    TreePath path = TreePath.of("a/bc/d");
    assertThat(path.parent()).isEqualTo(TreePath.of("a/bc"));
    assertThat(path.nameText()).isEqualTo("d");
    assertThat(path.depth()).isEqualTo(3);
    assertThat(TreePath.ROOT.parent()).isEqualTo(TreePath.ROOT);
    assertThat(TreePath.ROOT.depth()).isZero();
    assertThat(TreePath.of("a").resolve(TreePath.of("bc/d"))).isEqualTo(path);
    assertThat(path.startsWith(TreePath.of("a/b"))).isFalse();
    assertThat(path.startsWith(TreePath.of("a/bc"))).isTrue();
    assertThat(path.startsWith(TreePath.ROOT)).isTrue();
    assertThat(path.isChildOf(TreePath.of("a/bc"))).isTrue();
    assertThat(path.isChildOf(TreePath.of("a"))).isFalse();
    assertThat(TreePath.of("a").isChildOf(TreePath.ROOT)).isTrue();
    assertThat(path.isChildOf(path)).isFalse();
    assertThat(TreePath.ROOT.isChildOf(TreePath.ROOT)).isFalse();
  }

  @Test
  void aChildHasAPlainName() {
    for (String name : new String[] {"", ".", "..", "a/b", "a\0"}) {
      assertThatThrownBy(() -> TreePath.ROOT.child(name))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(TreePath.of("a").child("..b")).hasToString("/a/..b");
  }

  @Test
  void bytesThatAreNotUtf8AreKept() {
    byte[] bytes = {'a', '/', (byte) 0xff};
    assertThat(TreePath.ofBytes(bytes).toBytes()).isEqualTo(bytes);
    assertThat(TreePath.ofBytes(bytes)).isNotEqualTo(TreePath.ofBytes(new byte[] {'a', '/', -2}));
  }
}
