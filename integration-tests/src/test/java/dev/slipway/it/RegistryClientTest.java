package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.archive.ImageArchive;
import dev.slipway.export.ExportListener;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.OfferedLayer;
import dev.slipway.export.OutputTarget;
import dev.slipway.export.OutputWriting;
import dev.slipway.export.SampleImage;
import dev.slipway.export.dockerarchive.DockerArchiveExporter;
import dev.slipway.export.ocilayout.OciDirectoryExporter;
import dev.slipway.export.registry.RegistryExporter;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.Platform;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.Credential;
import dev.slipway.registry.CredentialSource;
import dev.slipway.registry.DockerConfig;
import dev.slipway.registry.PushOutcome;
import dev.slipway.registry.RegistryClient;
import dev.slipway.registry.RegistryConnections;
import dev.slipway.registry.RegistryException;
import dev.slipway.registry.RegistryOptions;
import dev.slipway.registry.TransferListener;
import dev.slipway.validate.ImageValidator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry client and the exporters against Debian's docker-registry, checked with skopeo. */
class RegistryClientTest {
  private static final Platform AMD64 = new Platform("linux", "amd64");

  @TempDir Path directory;
  private final RegistryConnections connections = new RegistryConnections(RegistryOptions.DEFAULT);
  private final ExecutorService executor = Executors.newFixedThreadPool(4);

  @AfterEach
  void close() throws IOException {
    executor.shutdownNow();
    connections.close();
  }

  private RegistryClient client(CredentialSource credentials) {
    return new RegistryClient(connections, credentials, new Cancellation());
  }

  private void push(RegistryClient client, ExportedImages images, String... names) {
    List<ImageReference> references = Arrays.stream(names).map(ImageReference::parse).toList();
    try (RegistryExporter exporter =
        new RegistryExporter(
            client, references, false, executor, ExportListener.SILENT, new Cancellation())) {
      images.layers().values().forEach(exporter::offer);
      exporter.commit(images);
    }
  }

  private static void readAll(ImageSource source, Image image) throws IOException {
    for (Descriptor layer : image.manifest().layers()) {
      try (InputStream in = source.blob(layer)) {
        assertThat(in.readAllBytes()).hasSize((int) layer.size());
      }
    }
  }

  @Test
  void whatIsPushedIsPulledByOthersAndByUs() throws IOException {
    Machine.require("skopeo");
    try (Registry registry = Registry.start(directory)) {
      ExportedImages images = SampleImage.multi();
      String name = registry.address() + "/team/app:1";
      push(client(CredentialSource.NONE), images, name);

      Path layout = directory.resolve("layout");
      Processes.command(
              "skopeo",
              "copy",
              "--all",
              "--src-tls-verify=false",
              "docker://" + name,
              "oci:" + layout + ":1")
          .run()
          .orFail();
      assertThat(ImageValidator.problemsOfDirectory(layout)).isEmpty();

      try (ImageSource source = client(CredentialSource.NONE).image(ImageReference.parse(name))) {
        assertThat(source.root().digest()).isEqualTo(images.root().digest());
        readAll(source, source.image(AMD64));
      }
    }
  }

  @Test
  void whatOthersPushIsPulled() throws IOException {
    Machine.require("skopeo");
    try (Registry registry = Registry.start(directory)) {
      ExportedImages images = SampleImage.single("one", "two");
      Path archive = directory.resolve("image.tar");
      new DockerArchiveExporter(
              OutputTarget.file(archive),
              List.of(ImageReference.parse("app:1")),
              new OutputWriting(ExportListener.SILENT, new Cancellation()))
          .commit(images);
      String name = registry.address() + "/docker:1";
      Processes.command(
              "skopeo",
              "copy",
              "--dest-tls-verify=false",
              "--format",
              "v2s2",
              "docker-archive:" + archive,
              "docker://" + name)
          .run()
          .orFail();

      try (ImageSource source = client(CredentialSource.NONE).image(ImageReference.parse(name))) {
        Image image = source.image(AMD64);
        assertThat(image.config().diffIds())
            .isEqualTo(images.images().get(0).image().config().diffIds());
        readAll(source, image);
      }
    }
  }

  @Test
  void aLayerIsMountedFromAnotherRepository() throws IOException {
    try (Registry registry = Registry.start(directory)) {
      ExportedImages images = SampleImage.single("base");
      ImageReference base = ImageReference.parse(registry.address() + "/base:1");
      push(client(CredentialSource.NONE), images, base.toString());
      OfferedLayer layer = images.images().get(0).layers().get(0);

      PushOutcome outcome =
          client(CredentialSource.NONE)
              .repository(ImageReference.parse(registry.address() + "/app"))
              .pushBlob(
                  layer.descriptor(),
                  () -> {
                    throw new IOException("nobody needs these bytes");
                  },
                  base.repository(),
                  TransferListener.SILENT);

      assertThat(outcome).isEqualTo(PushOutcome.MOUNTED);
    }
  }

  @Test
  void aPasswordOpensARegistryThatWantsOne() throws IOException {
    try (Registry registry = Registry.startWithPassword(directory)) {
      ExportedImages images = SampleImage.single("one");
      String name = registry.address() + "/app:1";
      Files.writeString(
          directory.resolve("config.json"),
          "{\"auths\":{\""
              + registry.address()
              + "\":{\"auth\":\""
              + Base64.getEncoder()
                  .encodeToString(
                      (Registry.USER + ":" + Registry.PASSWORD).getBytes(StandardCharsets.UTF_8))
              + "\"}}}");

      push(client(new DockerConfig(directory, Map.of())), images, name);

      assertThatThrownBy(
              () -> client(CredentialSource.NONE).image(ImageReference.parse(name)).root())
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("401");
      assertThatThrownBy(
              () ->
                  client(any -> Optional.of(Credential.password(Registry.USER, "wrong")))
                      .image(ImageReference.parse(name))
                      .root())
          .isInstanceOf(RegistryException.class)
          .hasMessageNotContaining("wrong");
    }
  }

  @Test
  void aCertificateIsTrustedOnlyWhereConfigured() throws IOException {
    try (Registry registry = Registry.startWithTls(directory)) {
      String name = registry.address() + "/app:1";
      RegistryOptions.Builder trusting =
          RegistryOptions.builder().certificateAuthorities(List.of(directory.resolve("tls.crt")));
      RegistryOptions.Builder careless =
          RegistryOptions.builder().untrustedTls(Set.of(registry.address()));

      assertThatThrownBy(() -> push(client(CredentialSource.NONE), SampleImage.single("one"), name))
          .isInstanceOfSatisfying(
              RegistryException.class, e -> assertThat(e.hint()).contains("is not trusted"));
      for (RegistryOptions options : List.of(trusting.build(), careless.build())) {
        try (RegistryConnections own = new RegistryConnections(options)) {
          push(
              new RegistryClient(own, CredentialSource.NONE, new Cancellation()),
              SampleImage.single("one"),
              name);
        }
      }
    }
  }

  @Test
  void aRangeOfABlobIsServedAsWeAskForIt() throws IOException {
    try (Registry registry = Registry.start(directory)) {
      byte[] blob = new byte[5_000_000];
      new Random(1).nextBytes(blob);
      Descriptor layer = Descriptor.of(MediaType.OCI_LAYER, blob);
      var repository =
          client(CredentialSource.NONE)
              .repository(ImageReference.parse(registry.address() + "/app"));
      assertThat(
              repository.pushBlob(
                  layer, () -> new ByteArrayInputStream(blob), null, TransferListener.SILENT))
          .isEqualTo(PushOutcome.UPLOADED);
      try (InputStream in = repository.blob(layer, TransferListener.SILENT)) {
        assertThat(in.readAllBytes()).isEqualTo(blob);
      }
    }
  }

  @Test
  void skopeoReadsOurLayoutsAndWeReadSkopeosArchives() throws IOException {
    Machine.require("skopeo");
    Path layout = directory.resolve("layout");
    ExportedImages images = SampleImage.single("one", "two");
    new OciDirectoryExporter(
            layout,
            List.of(ImageReference.parse("app:1")),
            new OutputWriting(ExportListener.SILENT, new Cancellation()))
        .commit(images);
    for (String form : List.of("oci-archive", "docker-archive")) {
      Path archive = directory.resolve(form + ".tar");
      Processes.command("skopeo", "copy", "oci:" + layout + ":1", form + ":" + archive + ":app:1")
          .run()
          .orFail();
      try (ImageArchive read = ImageArchive.open(archive, directory);
          ImageSource source = read.image(null)) {
        Image image = source.image(AMD64);
        assertThat(image.config().diffIds())
            .isEqualTo(images.images().get(0).image().config().diffIds());
        readAll(source, image);
      }
    }
  }

  @Test
  void dockerLoadsOurArchives() throws IOException {
    try (DockerEngine engine = DockerEngine.start()) {
      for (boolean docker : new boolean[] {false, true}) {
        Path tar = directory.resolve("image-" + docker + ".tar");
        ExportedImages images =
            new ExportedImages(null, List.of(SampleImage.of("amd64", docker, "one", "" + docker)));
        new DockerArchiveExporter(
                OutputTarget.file(tar),
                List.of(ImageReference.parse("app:" + docker)),
                new OutputWriting(ExportListener.SILENT, new Cancellation()))
            .commit(images);

        engine.run("load", "-i", tar.toString()).orFail();

        String layers =
            engine
                .run("image", "inspect", "--format", "{{json .RootFS.Layers}}", "app:" + docker)
                .orFail()
                .text();
        for (DiffId diffId : images.images().get(0).image().config().diffIds()) {
          assertThat(layers).contains(diffId.toString());
        }
      }
    }
  }
}
