package dev.slipway.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * A step to run.
 *
 * @param root what the step starts from
 * @param upper an empty directory that receives what the step changes: deletions are 0:0 character
 *     devices, as an overlay wants its lower directories
 * @param work an empty directory on the same file system; empty again afterwards
 * @param changes the file to write the changes to, in the form of {@code layer.ChangeSetCodec}; the
 *     content of a regular file is its path in {@code upper}, as bytes without a leading slash
 */
public record StepRequest(
    LayerStack root,
    Path upper,
    Path work,
    Path changes,
    ProcessSpec process,
    List<StepMount> mounts) {
  public StepRequest {
    mounts = List.copyOf(mounts);
  }
}
