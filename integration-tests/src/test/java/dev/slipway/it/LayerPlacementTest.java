package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where on a disk the store's layers are. */
class LayerPlacementTest {
  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  @Test
  void ext4IsToldToPutLayersApart() throws Exception {
    Machine.require("lsattr");
    WORKSPACE.write("Dockerfile", "FROM busybox\nRUN true\n");
    Slipway slipway = WORKSPACE.freshSlipway();
    slipway
        .build("--build-context=busybox=oci-layout://" + Bases.busybox(), WORKSPACE.directory())
        .orFail();
    Path layers = slipway.store().resolve("v1/d");
    assumeTrue(Files.getFileStore(layers).type().equals("ext4"), "the flag is one of ext4");
    String flags = Processes.command("lsattr", "-d", layers.toString()).run().orFail().text();
    assertThat(flags.split(" ")[0]).contains("T");
    try (Stream<Path> made = Files.list(layers)) {
      List<Integer> modes = made.map(LayerPlacementTest::mode).distinct().toList();
      assertThat(modes).as("as they were made before").containsExactly(0755);
    }
  }

  private static int mode(Path directory) {
    try {
      return (Integer) Files.getAttribute(directory, "unix:mode") & 07777;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
