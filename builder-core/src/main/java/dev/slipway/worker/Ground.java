package dev.slipway.worker;

import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.StepRequest;
import dev.slipway.sandbox.rootfs.StepRoot;
import java.io.IOException;
import java.nio.file.Path;

/** What a worker's steps stand on. */
interface Ground extends AutoCloseable {
  Sandbox sandbox();

  /** A directory for what steps need while they run. */
  Path scratch();

  /** Makes the calling thread one that a step may be given. */
  void prepareThread() throws IOException;

  /**
   * @param scratch an empty directory below {@link #scratch()}
   */
  StepRoot root(StepRequest request, Path scratch);

  /** Leaves nothing behind; called when no step runs any more. */
  @Override
  void close() throws IOException;
}
