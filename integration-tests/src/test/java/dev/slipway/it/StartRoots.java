package dev.slipway.it;

import dev.slipway.oci.ContainerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Root directories that a script makes of what lies in a workspace, each judged and run. Every one
 * begins with glibc and its loader.
 */
final class StartRoots {
  private static final String GLIBC =
      """
      mkdir -p lib64 lib/x86_64-linux-gnu etc
      cp /lib64/ld-linux-x86-64.so.2 lib64/
      cp /lib/x86_64-linux-gnu/libc.so.6 lib/x86_64-linux-gnu/
      """;

  private final Workspace workspace;
  private final StartTrial trial = new StartTrial(List.of(), true);
  private int count;

  StartRoots(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * @param make run in the root; {@code $T} is the workspace
   */
  void judge(String what, String make, ContainerConfig.Builder container) throws IOException {
    Path bundle = Files.createDirectory(workspace.path("bundle" + count++));
    Path root = Files.createDirectory(bundle.resolve("rootfs"));
    Processes.command("sh", "-euc", GLIBC + make)
        .in(root)
        .with("T", workspace.directory().toString())
        .run()
        .orFail();
    Processes.command("chmod", "755", root.toString()).run().orFail();
    trial.compare(what, "", bundle, container.build(), false);
  }

  static ContainerConfig.Builder command(String... words) {
    return ContainerConfig.EMPTY.toBuilder().cmd(List.of(words));
  }

  void finish() {
    trial.finish();
  }
}
