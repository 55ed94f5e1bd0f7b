package dev.slipway.cli.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LambdaRewritingTest {
  private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";

  @Test
  void rewrittenLambdasDoWhatTheOriginalOnesDo() throws Exception {
    Rewritten rewritten = new Rewritten();

    assertThat(rewritten.results())
        .isEqualTo(new LambdaSamples().get())
        .containsExactly(
            "none",
            "captured 7",
            "big 4294967296 0.5 x",
            "3",
            "[a, b]",
            "B",
            "made z",
            "9",
            "12",
            "nested in",
            "5",
            "1",
            "void",
            "true",
            "from interface k");
  }

  @Test
  void noneOfThemIsLeft() throws IOException {
    Rewritten rewritten = new Rewritten();

    assertThat(rewritten.classes.keySet()).contains(Rewritten.NAME + "$$Lambda1");
    assertThat(rewritten.classes.values())
        .noneMatch(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains(METAFACTORY));
  }

  @Test
  void classesWithoutLambdasAreLeftAlone() throws IOException {
    String name = LambdaRewritingTest.class.getName().replace('.', '/') + "$WithoutLambdas";

    assertThat(LambdaRewriting.of(Map.of(name, bytes(name)))).isEmpty();
  }

  static final class WithoutLambdas {}

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in =
        LambdaRewritingTest.class.getClassLoader().getResourceAsStream(name + ".class")) {
      return in.readAllBytes();
    }
  }

  /** The samples without lambdas, in a loader that knows nothing of the original ones. */
  private static final class Rewritten extends ClassLoader {
    static final String NAME = LambdaSamples.class.getName().replace('.', '/');

    final Map<String, byte[]> classes = new HashMap<>();

    Rewritten() throws IOException {
      super(LambdaRewritingTest.class.getClassLoader());
      for (String each : List.of(NAME, NAME + "$Inner", NAME + "$Named")) {
        classes.put(each, bytes(each));
      }
      classes.putAll(LambdaRewriting.of(Map.copyOf(classes)));
    }

    @SuppressWarnings("unchecked")
    List<String> results() throws ReflectiveOperationException {
      Class<?> samples = loadClass(LambdaSamples.class.getName());
      assertThat(samples.getClassLoader()).isSameAs(this);
      var constructor = samples.getDeclaredConstructor();
      constructor.setAccessible(true);
      return ((Supplier<List<String>>) constructor.newInstance()).get();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      byte[] bytes = classes.get(name.replace('.', '/'));
      if (bytes == null) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? defineClass(name, bytes, 0, bytes.length) : loaded;
    }
  }
}
