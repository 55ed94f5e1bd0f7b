package dev.slipway.export.ocilayout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.export.ExportException;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Directories that hold something already, which somebody else may have put there. */
class LayoutDirectoryTest {
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir Path temp;
  private Path layout;

  @BeforeEach
  void make() throws IOException {
    layout = Files.createDirectory(temp.resolve("layout"));
  }

  private void add() throws IOException {
    Descriptor blob = Descriptor.of(MediaType.OCI_LAYER, BYTES);
    new LayoutDirectory(layout, () -> {})
        .replace(List.of(), Map.of(blob, () -> new ByteArrayInputStream(BYTES)), moved -> {});
  }

  @Test
  void nothingIsWrittenThroughALinkOutOfIt() throws IOException {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Files.createDirectory(layout.resolve("blobs"));
    Files.createSymbolicLink(layout.resolve("blobs/sha256"), elsewhere);
    assertThatThrownBy(this::add).hasMessageContaining("blobs/sha256\" is a link out of it");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aLinkWithinItIsFollowed() throws IOException {
    Files.createDirectory(layout.resolve("blobs"));
    Files.createDirectory(layout.resolve("kept"));
    Files.createSymbolicLink(layout.resolve("blobs/sha256"), Path.of("../kept"));
    add();
    assertThat(layout.resolve("kept")).isNotEmptyDirectory();
  }

  @Test
  @Timeout(20)
  void aPipeIsNotWaitedFor() throws Exception {
    String pipe = layout.resolve("index.json").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    assertThatThrownBy(this::add).hasMessageContaining("index.json\" is no regular file");
  }

  @Test
  void anIndexThatIsNoneIsToldWithItsPlace() throws IOException {
    Files.writeString(
        layout.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"sha256:../../x\",\"size\":1}]}");
    assertThatThrownBy(this::add)
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("cannot add to \"" + layout + "\", whose index.json is none: ");
  }
}
