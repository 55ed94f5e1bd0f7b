package dev.slipway.sandbox;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Something a step sees beside its root filesystem. Targets are absolute and are resolved inside
 * the root filesystem, links and all; what is missing there is made for the time of the step and
 * never enters the layer. A mount may lie below an earlier one of the list.
 */
public sealed interface StepMount {

  /** Where in the root filesystem. */
  String target();

  /**
   * Files of a stack of layers.
   *
   * @param subpath below the stack's root, resolved inside it; empty or {@code /} for all of it
   * @param readOnly where false, the step may write, and what it writes is thrown away
   */
  record Bind(String target, LayerStack source, String subpath, boolean readOnly)
      implements StepMount {}

  /**
   * A directory that outlives the step.
   *
   * @param directory on the host, held by the caller while the step runs
   * @param subpath below the directory, resolved inside it; empty for all of it
   * @param mode given with the owner to the directory when it is made, if it starts empty
   * @param initial what a new directory starts as: {@code initialSubpath} of it, mode and owner too
   */
  record Cache(
      String target,
      Path directory,
      String subpath,
      boolean readOnly,
      int mode,
      int uid,
      int gid,
      @Nullable LayerStack initial,
      String initialSubpath)
      implements StepMount {}

  /**
   * An empty file system in memory.
   *
   * @param size bytes, or 0 for the kernel's own limit
   */
  record Tmpfs(String target, long size, boolean readOnly) implements StepMount {}

  /** A file in memory. A secret in a variable is part of the environment instead. */
  record Secret(String target, byte[] content, int mode, int uid, int gid) implements StepMount {
    @Override
    public String toString() {
      return "Secret[target=" + target + "]";
    }
  }

  /** A socket of the host, as an ssh agent's. */
  record Ssh(String target, Path socket, int mode, int uid, int gid) implements StepMount {}
}
