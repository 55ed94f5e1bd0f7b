package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Archives, classes and runtimes that are not what they say: nothing is thrown, and soon. */
@Timeout(60)
class HostileJavaFilesTest {
  /** Tells of names that a manifest has twice: some 80,000 times here. Kept, or it is forgotten. */
  private static final Logger MANIFESTS = Logger.getLogger("java.util.jar");

  private final Random random = new Random(1);

  @BeforeAll
  static void keepQuiet() {
    MANIFESTS.setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    MANIFESTS.setLevel(null);
  }

  private static RegularFile file(byte[] content) {
    return new RegularFile(Metadata.of(0644, 0), Origin.NONE, new BytesContent(content));
  }

  private byte[] changed(byte[] bytes) {
    byte[] changed = bytes.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
    }
    return changed;
  }

  @Test
  void archives() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write("Main-Class: a.B\n".repeat(9).getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("a/B.class"));
    }
    for (int i = 0; i < 20_000; i++) {
      RegularFile file = file(changed(bytes.toByteArray()));
      assertThatCode(
              () -> {
                ZipDirectory archive = ZipDirectory.read(file);
                if (archive != null) {
                  JavaClassPath.manifest(archive);
                  archive.names().forEach(name -> archive.start(name, 1 << 20));
                }
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void classes() throws IOException {
    byte[] own;
    try (InputStream in = getClass().getResourceAsStream("HostileJavaFilesTest.class")) {
      own = in.readAllBytes();
    }
    for (int i = 0; i < 50_000; i++) {
      byte[] file = changed(own);
      assertThatCode(() -> ClassReferences.read(file)).doesNotThrowAnyException();
    }
  }

  @Test
  void runtimes() throws IOException {
    byte[] start;
    try (InputStream in = JavaModulesTest.ownModules().open()) {
      start = in.readNBytes(1 << 16);
    }
    for (int i = 0; i < 2000; i++) {
      byte[] file = start.clone();
      for (int at = 12; at < 28; at++) {
        file[at] = (byte) random.nextInt(at % 4 == 3 ? 256 : 4);
      }
      Found found = new Found(TreePath.of("m"), file(changed(file)));
      assertThatCode(() -> new JavaModules(found).mayHave("a.b")).doesNotThrowAnyException();
    }
  }
}
