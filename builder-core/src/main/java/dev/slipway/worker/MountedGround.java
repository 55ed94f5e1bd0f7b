package dev.slipway.worker;

import dev.slipway.linux.Mounts;
import dev.slipway.linux.Namespaces;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.StepRequest;
import dev.slipway.sandbox.rootfs.RootFilesystem;
import dev.slipway.sandbox.rootfs.StepRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Roots are mounts, each in its step's own mount namespace, and scratch is memory; all of it goes
 * with the worker's mount namespace.
 *
 * @param stubs what {@link RootFilesystem#makeStubs} made
 */
record MountedGround(Sandbox sandbox, Path scratch, Path stubs) implements Ground {

  /**
   * @param scratch an empty directory to mount on
   */
  static MountedGround mount(Sandbox sandbox, Path scratch) throws IOException {
    Mounts.mount(
        "tmpfs",
        scratch.toString(),
        "tmpfs",
        Mounts.NO_SETUID | Mounts.NO_DEVICES,
        "mode=700,size=50%");
    Path stubs = Files.createDirectory(scratch.resolve("stubs"));
    RootFilesystem.makeStubs(stubs);
    return new MountedGround(sandbox, scratch, stubs);
  }

  @Override
  public void prepareThread() throws IOException {
    Namespaces.unshare(Namespaces.FILE_SYSTEM_STATE | Namespaces.MOUNT);
    Mounts.umask(022);
  }

  @Override
  public StepRoot root(StepRequest request, Path stepScratch) {
    return new RootFilesystem(request, stepScratch, stubs);
  }

  @Override
  public void close() {}
}
