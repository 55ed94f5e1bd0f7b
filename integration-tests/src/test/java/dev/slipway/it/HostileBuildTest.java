package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a hostile Dockerfile does to a store, through the program. */
class HostileBuildTest {
  private static final String DEEP_CACHE =
      """
      FROM busybox
      RUN --mount=type=cache,target=/c mkdir -p /c/$(printf 'd/%.0s' $(seq 700))
      """;

  @RegisterExtension static final Workspace workspace = new Workspace();

  @Test
  void aCacheOfAnyDepthIsDeletedByRoot() throws IOException {
    Machine.requireRoot();
    Slipway slipway = workspace.freshSlipway();
    fillCache(slipway, workspace.path("context"));
    Processes.command(pruning(Machine.repository().resolve("slipway"), slipway)).run().orFail();
    assertNoDirectory(slipway);
  }

  @Test
  void aCacheOfAnyDepthIsDeletedByAnOrdinaryUser() throws IOException {
    try (OrdinaryUser user = OrdinaryUser.required()) {
      Slipway slipway = Slipway.as(user);
      fillCache(slipway, user.directory().resolve("context"));
      user.command(pruning(user.slipway(), slipway)).run().orFail();
      assertNoDirectory(slipway);
    }
  }

  private static void fillCache(Slipway slipway, Path context) throws IOException {
    Path bases = Files.createDirectories(context).resolve("bases");
    Processes.command("cp", "-r", Bases.busybox().toString(), bases.toString()).run().orFail();
    Files.writeString(context.resolve("Dockerfile"), DEEP_CACHE);
    Processes.command("chmod", "-R", "a+rX", context.toString()).run().orFail();
    slipway.build("--build-context=busybox=oci-layout://" + bases, context).orFail();
    assertThat(directories(slipway)).isNotEmptyDirectory();
  }

  /** With fewer descriptors than the cache has levels. */
  private static List<String> pruning(Path program, Slipway slipway) {
    return List.of(
        "sh",
        "-c",
        "ulimit -n 300; exec \"$@\"",
        "sh",
        program.toString(),
        "cache",
        "prune",
        "--all",
        "--cache-dir=" + slipway.store());
  }

  private static Path directories(Slipway slipway) {
    return slipway.store().resolve("v1/d");
  }

  private static void assertNoDirectory(Slipway slipway) throws IOException {
    try (Stream<Path> left = Files.list(directories(slipway))) {
      assertThat(left).isEmpty();
    }
  }
}
