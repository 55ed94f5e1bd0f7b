package dev.slipway.worker;

import dev.slipway.sandbox.Ending;
import dev.slipway.sandbox.LayerStack;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.StepRequest;
import dev.slipway.sandbox.rootfs.StepRoot;
import dev.slipway.sandbox.rootfs.TreeRemoval;
import dev.slipway.tree.ChangeSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A step with no program, in memory, so that what a step needs of this program is loaded before the
 * first real one: that would otherwise cost several times as much as the next.
 */
final class Rehearsal implements Runnable {
  private final Ground ground;
  private final Path folder;

  Rehearsal(Ground ground) {
    this.ground = ground;
    folder = ground.scratch().resolve("rehearsal");
  }

  @Override
  public void run() {
    if (ground.sandbox().kind() != SandboxKind.NAMESPACES) {
      return; // the others start programs, which is no cheap thing to try
    }
    try {
      Files.createDirectory(folder);
      Path scratch = Files.createDirectory(folder.resolve("scratch"));
      StepRequest request =
          new StepRequest(
              new LayerStack(folder, List.of()),
              Files.createDirectory(folder.resolve("upper")),
              folder.resolve("work"),
              folder.resolve("changes"),
              ProcessSpec.builder(List.of("/none")).build(),
              List.of());
      try (StepRoot root = ground.root(request, scratch)) {
        new StepTask(request, ground, root, new Ending()).run((error, bytes, length) -> {});
      } catch (SandboxException e) {
        // as expected: there is no such program
      }
      ChangeSet none = new UpperReader(List.of()).read(request.upper(), request.root());
      ChangeSets.write(none, request.changes());
    } catch (IOException | RuntimeException e) {
      // a machine on which this fails is told so by its first step
    } finally {
      removeQuietly();
    }
  }

  private void removeQuietly() {
    try {
      TreeRemoval.remove(folder);
    } catch (IOException e) {
      // it is in memory and goes with this process
    }
  }
}
