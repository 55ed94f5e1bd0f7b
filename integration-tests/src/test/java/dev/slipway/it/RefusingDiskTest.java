package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.Processes.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk without room, or without permission: one line that says which and what to do. */
class RefusingDiskTest {
  private static final int CONTENT_SIZE = 9_000_000;

  @RegisterExtension static final Workspace workspace = new Workspace();

  private Path context;

  @BeforeEach
  void makeContext() throws IOException {
    context = workspace.write("context/Dockerfile", "FROM scratch\nCOPY big /big\n").getParent();
    byte[] content = new byte[CONTENT_SIZE];
    new Random(1).nextBytes(content);
    Files.write(context.resolve("big"), content);
  }

  @Test
  void aFullStoreIsToldAndCanBeUsedAgain() throws IOException {
    Path store = Files.createDirectory(workspace.path("store"));
    String output = "type=oci,dest=" + workspace.path("image.tar");
    Ended ended = onSmallDisk(store, 6, "-o", output, context.toString());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.errors())
        .contains("error: cannot write a layer to the store: No space left on device")
        .contains("hint: free space with 'slipway cache prune', or choose another disk with")
        .doesNotContain("\tat ");
    assertThat(workspace.path("image.tar")).doesNotExist();
    workspace.freshSlipway().build("-o", output, context).orFail();
  }

  @Test
  void aStoreThatIsFullWhileLayersAreUnpackedIsTold() throws IOException {
    Path store = Files.createDirectory(workspace.path("store"));
    Files.writeString(context.resolve("Dockerfile"), "FROM busybox\nCOPY big /\nRUN [\"true\"]\n");
    Ended ended =
        onSmallDisk(
            store,
            6,
            "--build-context",
            "busybox=oci-layout://" + Bases.busybox(),
            context.toString());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.errors())
        .contains("error: cannot unpack a layer into the store: no space left on device")
        .contains("hint: free space with 'slipway cache prune'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"type=oci", "type=docker", "type=tar", "type=local"})
  void aFullDestinationIsToldAndNothingHalfWrittenStays(String type) throws IOException {
    Path disk = Files.createDirectory(workspace.path("disk"));
    Ended ended =
        onSmallDisk(disk, 6, "-o", type + ",dest=" + disk.resolve("image"), context.toString());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.errors())
        .contains("error: cannot write \"" + disk.resolve("image") + "\": No space left on device")
        .contains("hint: free some space, or write elsewhere")
        .endsWith("left:\n");
  }

  @Test
  void whatAnOrdinaryUserMayNotIsTold() throws IOException {
    Path folder = workspace.user().directory().resolve("context");
    Files.createDirectories(folder);
    Files.copy(context.resolve("Dockerfile"), folder.resolve("Dockerfile"));
    Files.copy(context.resolve("big"), folder.resolve("big"));
    OrdinaryUser.own(folder);
    Slipway slipway = Slipway.as(workspace.user());
    Ended denied = slipway.build("-o", "type=oci,dest=/usr/image.tar", folder);
    assertThat(denied.exitCode()).isEqualTo(1);
    assertThat(denied.errors())
        .contains("error: cannot write \"/usr/image.tar\": permission denied");

    Ended noStore = slipway.bare("build", "--cache-dir=/usr/store", folder.toString()).run();
    assertThat(noStore.errors())
        .contains("error: cannot create the store '/usr/store/v1': permission denied")
        .contains("hint: choose a directory this user owns with --cache-dir");

    Files.setPosixFilePermissions(
        folder.resolve("big"), PosixFilePermissions.fromString("---------"));
    Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY big /other\n");
    assertThat(slipway.build(folder).errors())
        .contains("error: cannot read \"" + folder.resolve("big") + "\": permission denied")
        .contains("hint: add it to .dockerignore, or make it readable");

    Files.setPosixFilePermissions(
        folder.resolve("Dockerfile"), PosixFilePermissions.fromString("---------"));
    assertThat(slipway.build(folder).errors())
        .contains("error: cannot read \"Dockerfile\": permission denied");
  }

  /**
   * Builds with a disk of so many MiB mounted on {@code place}, in a mount namespace that ends with
   * the command; tells at its end what is on the disk.
   */
  private static Ended onSmallDisk(Path place, int size, String... words) {
    Machine.requireRoot();
    Machine.require("unshare");
    Path store = place.endsWith("store") ? place : workspace.path("store");
    String script =
        "mount -t tmpfs -o size=%dm none %s || exit 9; %s build --progress=plain --cache-dir=%s \"$@\";"
            + " code=$?; echo left: $(ls %s | grep -v v1) >&2; exit $code";
    List<String> line = new ArrayList<>(List.of("unshare", "--mount", "--propagation=private"));
    line.addAll(List.of("sh", "-c", script.formatted(size, place, launcher(), store, place), "sh"));
    line.addAll(List.of(words));
    return Processes.command(line).run();
  }

  private static Path launcher() {
    return Machine.repository().resolve("slipway");
  }
}
