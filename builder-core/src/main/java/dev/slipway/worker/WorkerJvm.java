package dev.slipway.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The JVM that a worker runs in.
 *
 * @param java the {@code java} program
 * @param classes a jar with this library and JNA; where none is given the worker gets a small one,
 *     which is kept in its cache
 * @param options further options of the JVM, as a class-data archive that was made for {@code
 *     classes}
 */
public record WorkerJvm(Path java, Optional<Path> classes, List<String> options) {
  public WorkerJvm {
    options = List.copyOf(options);
  }

  /** With the small jar, and nothing to speed its start up. */
  public static WorkerJvm of(Path java) {
    return new WorkerJvm(java, Optional.empty(), List.of());
  }
}
