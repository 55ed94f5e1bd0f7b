package dev.slipway.cli.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.logging.impl.NoOpLog;
import org.apache.http.impl.client.DefaultRedirectStrategy;
import org.junit.jupiter.api.Test;

class LibraryRewritingTest {
  @Test
  void theHttpClientLogsNothing() throws Exception {
    String name = DefaultRedirectStrategy.class.getName();
    Map<String, byte[]> changed = HttpRewriting.of(Map.of(internal(name), bytes(name)));

    Class<?> rewritten = new Loader(name, changed.get(internal(name))).loadClass(name);
    Field log = rewritten.getDeclaredField("log");
    log.setAccessible(true);

    Object strategy = rewritten.getDeclaredConstructor().newInstance();
    assertThat(log.get(strategy)).isInstanceOf(NoOpLog.class);
  }

  @Test
  void expressionsAreCompiledWhereTheyAreUsed() throws Exception {
    String name = PatternSamples.class.getName();
    Class<?> rewritten = new Loader(name, PatternRewriting.of(bytes(name))).loadClass(name);

    Supplier<?> samples = (Supplier<?>) rewritten.getDeclaredConstructor().newInstance();
    assertThat(samples.get()).isEqualTo(List.of("7", "true", "true", "false"));
    assertThat(field(rewritten, "DIGITS")).isNull();
    assertThat(field(rewritten, "WORD")).isNull();
    assertThat(field(rewritten, "WITH_FLAG")).as("has flags, is left").isNotNull();
  }

  @Test
  void aClassWithoutExpressionsIsAMistake() throws IOException {
    byte[] none = bytes(LibraryRewritingTest.class.getName());

    assertThatThrownBy(() -> PatternRewriting.of(none))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("LibraryRewritingTest");
  }

  private static Object field(Class<?> type, String name) throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(null);
  }

  private static String internal(String name) {
    return name.replace('.', '/');
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in =
        LibraryRewritingTest.class
            .getClassLoader()
            .getResourceAsStream(internal(name) + ".class")) {
      return in.readAllBytes();
    }
  }

  /** Has one class of its own. */
  private static final class Loader extends ClassLoader {
    private final String own;
    private final byte[] bytes;

    Loader(String own, byte[] bytes) {
      super(LibraryRewritingTest.class.getClassLoader());
      this.own = own;
      this.bytes = bytes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(own)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? defineClass(name, bytes, 0, bytes.length) : loaded;
    }
  }
}
