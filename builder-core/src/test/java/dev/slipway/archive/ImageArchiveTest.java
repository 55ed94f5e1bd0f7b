package dev.slipway.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Archives as {@code docker save} writes them, and hostile ones. */
@Timeout(90)
class ImageArchiveTest {
  private static final Platform AMD64 = new Platform("linux", "amd64");
  private static final byte[] LAYER = new byte[1024]; // an empty tar

  @TempDir Path directory;

  private interface Members {
    void write(TarArchiveOutputStream tar) throws IOException;
  }

  private Path tar(Members members) throws IOException {
    Path file = directory.resolve("image.tar");
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      members.write(tar);
    }
    return file;
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream tar, byte type, String name, String target)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private static byte[] config(byte[]... layers) {
    List<DiffId> diffIds =
        Arrays.stream(layers).map(layer -> new DiffId(Digest.of(layer))).toList();
    return ImageConfig.empty(AMD64).withDiffIds(diffIds).toBytes();
  }

  private static byte[] manifest(String config, String... layers) {
    return ("[{\"Config\":\""
            + config
            + "\",\"RepoTags\":[\"app:1\"],\"Layers\":[\""
            + String.join("\",\"", layers)
            + "\"]}]")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private Image read(Path path) throws IOException {
    try (ImageArchive archive = ImageArchive.open(path, directory);
        ImageSource source = archive.image(null)) {
      Image image = source.image(AMD64);
      for (Descriptor layer : image.manifest().layers()) {
        try (InputStream in = source.blob(layer)) {
          in.readAllBytes();
        }
      }
      return image;
    }
  }

  @Test
  void whatDockerSavesIsRead() throws IOException {
    byte[] config = config(LAYER, LAYER, LAYER);
    Path file =
        tar(
            tar -> {
              add(tar, "a/layer.tar", LAYER);
              link(tar, TarConstants.LF_SYMLINK, "b/layer.tar", "../a/layer.tar");
              add(tar, "c/layer.tar", gzip(LAYER));
              add(tar, "config.json", config);
              add(
                  tar,
                  "manifest.json",
                  manifest("config.json", "a/layer.tar", "b/layer.tar", "c/layer.tar"));
            });

    Image image = read(file);

    assertThat(image.configBytes()).isEqualTo(config);
    assertThat(image.manifest().layers())
        .extracting(Descriptor::mediaType)
        .containsExactly(
            MediaType.DOCKER_LAYER, MediaType.DOCKER_LAYER, MediaType.DOCKER_LAYER_GZIP);
  }

  @Test
  void aPackedArchiveIsUnpackedAndTakenAway() throws IOException {
    Path plain =
        tar(
            tar -> {
              add(tar, "layer", LAYER);
              add(tar, "config.json", config(LAYER));
              add(tar, "manifest.json", manifest("config.json", "layer"));
            });
    Path packed = directory.resolve("image.tar.gz");
    Files.write(packed, gzip(Files.readAllBytes(plain)));
    Files.delete(plain);

    assertThat(read(packed).layers()).hasSize(1);
    assertThat(directory.toFile().list()).containsExactly("image.tar.gz");
  }

  @Test
  void aLayerThatIsAnotherIsRefused() throws IOException {
    byte[] other = LAYER.clone();
    other[0] = 1;
    Path file =
        tar(
            tar -> {
              add(tar, "layer", other);
              add(tar, "config.json", config(LAYER));
              add(tar, "manifest.json", manifest("config.json", "layer"));
            });

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected " + Digest.of(LAYER));
  }

  @Test
  void linksToTheOutsideAreNotFollowed() throws IOException { // oras-go 2.6.2
    Path secret = directory.resolve("secret");
    Files.write(secret, config());
    for (byte type : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
      Path file =
          tar(
              tar -> {
                link(tar, type, "config.json", "../../../../../../../../.." + secret);
                add(tar, "manifest.json", manifest("config.json"));
              });

      assertThatThrownBy(() -> read(file)).isInstanceOf(BuildException.class);
    }
  }

  @Test
  void aLayoutDirectoryMayNotLinkOut() throws IOException {
    Path secret = directory.resolve("secret");
    Files.writeString(secret, "{\"schemaVersion\":2,\"manifests\":[]}");
    Path layout = Files.createDirectory(directory.resolve("layout"));
    Files.createSymbolicLink(layout.resolve("index.json"), secret);

    assertThatThrownBy(() -> ImageArchive.open(layout, directory))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("a link out of the directory");
  }

  @Test
  void anImmenseIndexIsRefused() throws IOException { // CVE-2023-25153
    Path layout = Files.createDirectory(directory.resolve("layout"));
    try (var file = new RandomAccessFile(layout.resolve("index.json").toFile(), "rw")) {
      file.setLength(1L << 30);
    }

    assertThatThrownBy(() -> ImageArchive.open(layout, directory))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("larger than");
  }

  @Test
  void whatIsNoImageIsNamed() throws IOException {
    Path text = directory.resolve("text");
    Files.writeString(text, "hello".repeat(500));

    assertThatThrownBy(() -> ImageArchive.open(text, directory))
        .isInstanceOf(ArchiveException.class)
        .hasMessageStartingWith("\"" + text + "\" is no image archive");
    assertThatThrownBy(() -> ImageArchive.open(directory.resolve("none"), directory))
        .hasMessage("\"" + directory.resolve("none") + "\" does not exist");
    assertThatThrownBy(() -> ImageArchive.open(directory, directory))
        .hasMessageContaining("neither index.json nor manifest.json");
  }
}
