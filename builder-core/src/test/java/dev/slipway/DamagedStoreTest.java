package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.oci.Descriptor;
import dev.slipway.semantics.BuildTest;
import dev.slipway.semantics.BuiltImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DamagedStoreTest extends BuildTest {
  private static final String DOCKERFILE = "FROM scratch\nCOPY f /\n";

  private void damage(Descriptor layer) throws IOException {
    Path blob = workspace().store().resolve("v1/blobs/sha256/" + layer.digest().hex());
    byte[] bytes = Files.readAllBytes(blob);
    bytes[bytes.length / 2] ^= 1;
    Files.write(blob, bytes);
  }

  @Test
  void aLayerThatTheDiskHasDamagedIsNotWrittenAndMadeAnewByTheNextBuild() throws IOException {
    file("f", "content");
    BuiltImage first = build(DOCKERFILE);
    Path archive = workspace().temporary().resolve("image.tar");

    damage(first.image().manifest().layers().get(0));
    BuildException failure =
        failure(DOCKERFILE, request -> request.output(OutputSpec.ociArchive(archive)));
    assertThat(failure).hasMessageContaining("blob has the digest");
    assertThat(failure.hint()).contains("was damaged in the store");
    assertThat(archive).doesNotExist();

    BuiltImage again = build(DOCKERFILE, request -> request.output(OutputSpec.ociArchive(archive)));
    assertThat(again.result().root()).isEqualTo(first.result().root());
    assertThat(archive).exists();
  }

  @Test
  void aLayoutGetsNoDamagedLayerEither() throws IOException {
    file("f", "content");
    BuiltImage first = build(DOCKERFILE);
    damage(first.image().manifest().layers().get(0));
    assertThat(failure(DOCKERFILE)).hasMessageContaining("blob has the digest");
    assertThat(build(DOCKERFILE).result().root()).isEqualTo(first.result().root());
  }
}
