package dev.slipway.progress;

import dev.slipway.diagnostic.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a build. Events of one task arrive in order; those of different tasks
 * interleave. Times are not part of an event: a listener that wants them reads its own clock.
 */
public sealed interface BuildEvent {

  /** Identifies a task within one build. */
  record TaskId(int number) {}

  /** What a task does. */
  enum TaskKind {
    /** An instruction of a stage. */
    STEP,
    /** A manifest, config or layer comes from a registry. */
    PULL,
    /** A layer is written as a blob. */
    LAYER,
    /** A blob or manifest goes to a registry. */
    PUSH,
    /** A tarball, layout or directory is written. */
    EXPORT,
    /** Everything else, as loading the build context. */
    INTERNAL
  }

  /**
   * A task starts.
   *
   * @param group the stage's name or what else the task belongs to, as {@code builder} or {@code
   *     linux/arm64 builder}; empty for none
   * @param step the step's number in its stage from 1, or 0
   * @param steps how many steps the stage has, or 0
   * @param title one line for people, as {@code RUN make}
   */
  record TaskStarted(TaskId task, TaskKind kind, String group, int step, int steps, String title)
      implements BuildEvent {}

  /**
   * What a step printed; whole lines are not promised.
   *
   * @param bytes the listener's own
   * @param length how many of them count, from the first
   */
  record TaskOutput(TaskId task, OutputStreamKind stream, byte[] bytes, int length)
      implements BuildEvent {
    public enum OutputStreamKind {
      STDOUT,
      STDERR
    }
  }

  /**
   * How far a transfer is.
   *
   * @param total the bytes to do in all, or -1 where not known
   */
  record TaskProgress(TaskId task, long done, long total) implements BuildEvent {}

  /** How a task ended. */
  enum Outcome {
    DONE,
    /** Its result was already there. */
    CACHED,
    FAILED,
    CANCELLED
  }

  /**
   * A task ends; nothing more comes of it.
   *
   * @param detail one line for people, as {@code 12 MB} or {@code exit code 2}, or null
   */
  record TaskFinished(TaskId task, Outcome outcome, @Nullable String detail)
      implements BuildEvent {}

  /** A finding that does not stop the build. */
  record Warning(Diagnostic diagnostic) implements BuildEvent {}
}
