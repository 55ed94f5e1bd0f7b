package dev.slipway.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.archive.ImageArchive;
import dev.slipway.export.dockerarchive.DockerArchiveExporter;
import dev.slipway.export.ocilayout.OciArchiveExporter;
import dev.slipway.export.ocilayout.OciDirectoryExporter;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Platform;
import dev.slipway.oci.VerifyingInputStream;
import dev.slipway.progress.Cancellation;
import dev.slipway.progress.CancelledException;
import dev.slipway.reference.ImageReference;
import dev.slipway.store.LockFile;
import dev.slipway.validate.ImageValidator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Layouts and archives, written and read back. */
class ArchiveExporterTest {
  private static final Platform AMD64 = new Platform("linux", "amd64");
  private static final List<ImageReference> NAMES =
      List.of(ImageReference.parse("app:1"), ImageReference.parse("localhost:5000/app"));

  @TempDir Path directory;
  private final Cancellation cancellation = new Cancellation();

  private Exporter oci(Path tar) {
    return new OciArchiveExporter(
        OutputTarget.file(tar), NAMES, new OutputWriting(ExportListener.SILENT, cancellation));
  }

  private Exporter docker(Path tar) {
    return new DockerArchiveExporter(
        OutputTarget.file(tar), NAMES, new OutputWriting(ExportListener.SILENT, cancellation));
  }

  private Exporter layout(Path layout, String... names) {
    List<ImageReference> references = Arrays.stream(names).map(ImageReference::parse).toList();
    return new OciDirectoryExporter(
        layout, references, new OutputWriting(ExportListener.SILENT, cancellation));
  }

  private Image readBack(Path path, String name) throws IOException {
    try (ImageArchive archive = ImageArchive.open(path, directory);
        ImageSource source = archive.image(name)) {
      Image image = source.image(AMD64);
      for (Descriptor layer : image.manifest().layers()) {
        try (InputStream in = source.blob(layer)) {
          assertThat(in.readAllBytes()).hasSize((int) layer.size());
        }
      }
      return image;
    }
  }

  @Test
  void anOciArchiveIsValidAndReadBack() throws IOException {
    ExportedImages images = SampleImage.single("one", "two", "one");
    Path tar = directory.resolve("new/image.tar");

    try (Exporter exporter = oci(tar)) {
      ExportResult result = exporter.commit(images);

      assertThat(result.root()).isEqualTo(images.root());
      assertThat(result.where()).containsExactly(tar.toString());
    }

    assertThat(ImageValidator.problemsOfArchive(tar)).isEmpty();
    assertThat(readBack(tar, null).manifest().digest()).isEqualTo(images.root().digest());
    assertThat(readBack(tar, "1").manifest().digest()).isEqualTo(images.root().digest());
    assertThat(readBack(tar, "docker.io/library/app:1")).isNotNull();
    assertThat(tar.getParent()).isDirectoryContaining("glob:**/image.tar");
    assertThat(tar.getParent().toFile().list()).hasSize(1);
  }

  @Test
  void theSameImageGivesTheSameArchive() throws IOException {
    Path first = directory.resolve("1.tar");
    Path second = directory.resolve("2.tar");
    oci(first).commit(SampleImage.single("one", "two"));
    oci(second).commit(SampleImage.single("one", "two"));

    assertThat(first).hasSameBinaryContentAs(second);
  }

  @Test
  void severalPlatformsAreOneIndex() throws IOException {
    ExportedImages images = SampleImage.multi();
    Path tar = directory.resolve("image.tar");
    oci(tar).commit(images);

    assertThat(ImageValidator.problemsOfArchive(tar)).isEmpty();
    assertThat(readBack(tar, null).manifest().digest())
        .isEqualTo(images.images().get(0).image().manifest().digest());
  }

  @Test
  void anArchiveCanGoToAStreamThatStaysOpen() throws IOException {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    new OciArchiveExporter(
            OutputTarget.stream(out), NAMES, new OutputWriting(ExportListener.SILENT, cancellation))
        .commit(SampleImage.single("one"));
    Path tar = directory.resolve("image.tar");
    Files.write(tar, out.toByteArray());

    assertThat(ImageValidator.problemsOfArchive(tar)).isEmpty();
  }

  @Test
  void aDockerArchiveIsALayoutWithAManifestMore() throws IOException {
    ExportedImages images =
        new ExportedImages(null, List.of(SampleImage.of("amd64", true, "one", "two")));
    Path tar = directory.resolve("image.tar");
    docker(tar).commit(images);

    assertThat(ImageValidator.problemsOfArchive(tar)).isEmpty();
    assertThat(readBack(tar, null).manifest().digest()).isEqualTo(images.root().digest());
  }

  @Test
  void aDockerArchiveHoldsOnePlatform() {
    assertThatThrownBy(() -> docker(directory.resolve("x.tar")).commit(SampleImage.multi()))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("holds one image");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aLayoutDirectoryKeepsWhatItHad() throws IOException {
    Path layout = directory.resolve("layout");
    ExportedImages first = SampleImage.single("one");
    ExportedImages second = SampleImage.single("two");
    layout(layout, "app:1").commit(first);
    layout(layout, "app:2").commit(second);

    assertThat(ImageValidator.problemsOfDirectory(layout)).isEmpty();
    assertThat(readBack(layout, "1").manifest().digest()).isEqualTo(first.root().digest());
    assertThat(readBack(layout, "2").manifest().digest()).isEqualTo(second.root().digest());

    layout(layout, "app:1").commit(second);
    assertThat(readBack(layout, "1").manifest().digest()).isEqualTo(second.root().digest());
    assertThatThrownBy(() -> readBack(layout, "3")).hasMessageContaining("has no image \"3\"");
  }

  @Test
  @Timeout(60)
  void imagesWrittenIntoOneLayoutAtOnceAreAllInIt() throws Exception {
    Path layout = directory.resolve("layout");
    int writers = 8;
    CyclicBarrier together = new CyclicBarrier(writers);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<ExportResult>> results = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        String name = "app:" + i;
        ExportedImages images = SampleImage.single("shared", name);
        results.add(
            threads.submit(
                () -> {
                  together.await();
                  return layout(layout, name).commit(images);
                }));
      }
      List<Digest> written = new ArrayList<>();
      for (Future<ExportResult> result : results) {
        written.add(result.get().root().digest());
      }
      for (int i = 0; i < writers; i++) {
        assertThat(readBack(layout, Integer.toString(i)).manifest().digest())
            .isEqualTo(written.get(i));
      }
    } finally {
      threads.shutdown();
    }
    assertThat(ImageValidator.problemsOfDirectory(layout)).isEmpty();
    assertThat(layout.toFile().list())
        .containsExactlyInAnyOrder("blobs", "index.json", "oci-layout");
  }

  @Test
  void whoWaitsForALayoutCanBeCancelled() throws Exception {
    Path layout = Files.createDirectory(directory.resolve("layout"));
    cancellation.cancel();
    LockFile other = LockFile.take(layout.resolve("index.json.lock"), () -> {});
    try {
      assertThatThrownBy(() -> layout(layout, "app:1").commit(SampleImage.single("one")))
          .isInstanceOf(CancelledException.class);
    } finally {
      other.close();
    }
    assertThat(layout).isEmptyDirectory();
  }

  @Test
  void aFailureLeavesTheOldArchiveAsItWas() throws IOException {
    Path tar = directory.resolve("image.tar");
    Files.writeString(tar, "old");
    ExportedImages images = SampleImage.single("one");
    ExportedImages.ImageWithLayers whole = images.images().get(0);
    OfferedLayer layer = whole.layers().get(0);
    OfferedLayer damaged =
        new OfferedLayer(
            layer.descriptor(),
            () -> new VerifyingInputStream(InputStream.nullInputStream(), layer.descriptor()),
            null);
    ExportedImages broken = ExportedImages.of(whole.image(), List.of(damaged));

    assertThatThrownBy(() -> oci(tar).commit(broken))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("ends after 0 of");
    assertThat(tar).hasContent("old");
    assertThat(directory.toFile().list()).containsExactly("image.tar");

    Path layout = directory.resolve("layout");
    try (Exporter exporter = layout(layout, "app:1")) {
      assertThatThrownBy(() -> exporter.commit(broken)).isInstanceOf(ExportException.class);
    }
    assertThat(layout.toFile().list()).containsExactly("blobs");
    assertThat(layout.resolve("blobs/sha256")).isEmptyDirectory();
  }

  @Test
  void cancellingEndsTheWriting() {
    cancellation.cancel();

    assertThatThrownBy(() -> oci(directory.resolve("x.tar")).commit(SampleImage.single("one")))
        .isInstanceOf(CancelledException.class);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> oci(directory.resolve("file/x.tar")).commit(SampleImage.single("one")))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith("cannot write \"" + directory.resolve("file/x.tar") + "\": ");
  }

  @Test
  void namesOfLargeFilesAndDigestsFitTheirHeaders() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BlobArchive archive = new BlobArchive(out, done -> {});
    String name = "blobs/sha512/" + "a".repeat(128);
    archive.file(name, "x".getBytes(StandardCharsets.UTF_8));
    archive.finish();

    try (var tar =
        new org.apache.commons.compress.archivers.tar.TarArchiveInputStream(
            new ByteArrayInputStream(out.toByteArray()))) {
      assertThat(tar.getNextEntry().getName()).isEqualTo(name);
      assertThat(tar.readAllBytes()).containsExactly('x');
    }
  }
}
