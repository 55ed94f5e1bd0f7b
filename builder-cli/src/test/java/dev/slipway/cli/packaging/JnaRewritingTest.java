package dev.slipway.cli.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import com.sun.jna.Structure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class JnaRewritingTest {
  @Test
  void noClassOfJnaAsksForTheLoggerOfTheJdk() throws Exception {
    Map<String, byte[]> jna = jna();

    Map<String, byte[]> changed = JnaRewriting.of(jna);

    assertThat(jna.values()).anyMatch(JnaRewritingTest::logs);
    jna.putAll(changed);
    assertThat(jna.values()).noneMatch(JnaRewritingTest::logs);
    assertThat(changed).containsKey("com/sun/jna/Native").doesNotContainKey("com/sun/jna/Memory");
  }

  @Test
  void aStructureTellsItsOrderByItself() throws Exception {
    String name = StructureSample.class.getName().replace('.', '/');
    Map<String, byte[]> changed = JnaRewriting.of(Map.of(name, bytes(name)));

    Class<?> rewritten =
        new ClassLoader(JnaRewritingTest.class.getClassLoader()) {
          Class<?> define() {
            byte[] bytes = changed.get(name);
            return defineClass(StructureSample.class.getName(), bytes, 0, bytes.length);
          }
        }.define();
    var method = rewritten.getDeclaredMethod("getFieldOrder");
    method.setAccessible(true);
    Structure sample = (Structure) rewritten.getDeclaredConstructor().newInstance();

    assertThat(method.invoke(sample)).isEqualTo(List.of("second", "first"));
    assertThat(sample.size()).isEqualTo(16);
  }

  @Test
  void whatTheSilentLoggerLacksIsTold() throws IOException {
    String name = LogsOtherwise.class.getName().replace('.', '/');

    assertThatThrownBy(() -> JnaRewriting.of(Map.of(name, bytes(name))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("entering(Ljava/lang/String;Ljava/lang/String;)V");
  }

  static final class LogsOtherwise {
    static void log(Logger logger) {
      logger.entering("class", "method");
    }
  }

  private static boolean logs(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains("java/util/logging");
  }

  private static Map<String, byte[]> jna() throws Exception {
    Path file = Path.of(Native.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Map<String, byte[]> classes = new TreeMap<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry each : jar.stream().filter(any -> any.getName().endsWith(".class")).toList()) {
        if (each.getName().startsWith("com/sun/jna/")) {
          try (InputStream in = jar.getInputStream(each)) {
            classes.put(each.getName().replaceAll("\\.class$", ""), in.readAllBytes());
          }
        }
      }
    }
    return classes;
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in =
        JnaRewritingTest.class.getClassLoader().getResourceAsStream(name + ".class")) {
      return in.readAllBytes();
    }
  }
}
