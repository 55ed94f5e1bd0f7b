package dev.slipway.it;

import dev.slipway.oci.ContainerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
  private final List<Future<StartTrial.Tried>> judged = new ArrayList<>();

  /** A container's start is mostly waiting. */
  private final ExecutorService threads =
      Executors.newFixedThreadPool(2 * Runtime.getRuntime().availableProcessors());

  StartRoots(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * Begins; {@link #finish} tells how it ended.
   *
   * @param make run in the root; {@code $T} is the workspace
   */
  void judge(String what, String make, ContainerConfig.Builder container) {
    Path bundle = workspace.path("bundle" + judged.size());
    ContainerConfig config = container.build();
    judged.add(
        threads.submit(
            () -> {
              Path root = Files.createDirectories(bundle.resolve("rootfs"));
              Processes.command("sh", "-euc", GLIBC + make)
                  .in(root)
                  .with("T", workspace.directory().toString())
                  .run()
                  .orFail();
              Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
              return trial.tried(what, "", bundle, config, false);
            }));
  }

  static ContainerConfig.Builder command(String... words) {
    return ContainerConfig.EMPTY.toBuilder().cmd(List.of(words));
  }

  /** Waits for all, prints what came of them, and fails if a verdict was wrong. */
  void finish() {
    threads.shutdown();
    for (Future<StartTrial.Tried> each : judged) {
      try {
        trial.add(each.get());
      } catch (ExecutionException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    trial.finish();
  }
}
