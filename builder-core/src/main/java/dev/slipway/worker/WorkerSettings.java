package dev.slipway.worker;

import dev.slipway.sandbox.SandboxKind;
import java.nio.file.Path;
import java.util.List;

/**
 * How to start a worker.
 *
 * @param jvm what runs it
 * @param cache a directory of the caller's, where the worker's files are kept
 * @param kind which isolation its steps get
 * @param searchPath the directories in which {@code unshare}, {@code newuidmap}, {@code runc} and
 *     their kin are looked for
 */
public record WorkerSettings(WorkerJvm jvm, Path cache, SandboxKind kind, List<Path> searchPath) {
  public WorkerSettings {
    searchPath = List.copyOf(searchPath);
  }
}
