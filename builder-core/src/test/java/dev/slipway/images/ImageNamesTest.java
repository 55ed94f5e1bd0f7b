package dev.slipway.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.reference.ImageReference;
import dev.slipway.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageNamesTest {
  private static final Platform PLATFORM = new Platform("linux", "amd64");
  private static final ImageReference NAME = ImageReference.parse("base").withDefaultTag();

  private final Image image =
      Image.of(ImageConfig.empty(PLATFORM), List.of(), Map.of("made", "here"), false);

  @TempDir private Path directory;
  private Store store;
  private ImageNames names;

  @BeforeEach
  void open() {
    store = Store.open(directory, Clock.systemUTC());
    names = new ImageNames(store);
    names.put(NAME, PLATFORM, image);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void anImageIsFoundByItsNameAndPlatform() {
    assertThat(names.find(NAME, PLATFORM).orElseThrow().manifest().digest())
        .isEqualTo(image.manifest().digest());
    assertThat(names.find(NAME, new Platform("linux", "arm64"))).isEmpty();
    assertThat(names.find(ImageReference.parse("other"), PLATFORM)).isEmpty();
  }

  @Test
  void aDocumentThatTheDiskHasDamagedIsNoneAndIsKeptAnew() throws IOException {
    for (Descriptor each : List.of(image.manifest().descriptor(), image.manifest().config())) {
      Path file = store.blobs().find(each.digest()).orElseThrow();
      byte[] whole = Files.readAllBytes(file);
      byte[] changed = whole.clone();
      changed[changed.length - 3] ^= 1;
      for (byte[] damaged : List.of(new byte[0], new byte[whole.length], changed)) {
        Files.write(file, damaged);
        assertThat(names.find(NAME, PLATFORM)).isEmpty();
        names.put(NAME, PLATFORM, image);
        assertThat(names.find(NAME, PLATFORM)).isPresent();
      }
    }
  }
}
