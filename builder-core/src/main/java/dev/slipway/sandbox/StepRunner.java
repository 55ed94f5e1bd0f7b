package dev.slipway.sandbox;

/** Runs steps; several at once. */
public interface StepRunner {
  /**
   * Starts a step.
   *
   * @throws SandboxException at once or from {@link RunningStep#await()}, where the step cannot be
   *     started: its program is missing, a mount is refused, this machine cannot isolate
   */
  RunningStep start(StepRequest request, StepOutput output);

  /** A step under way. */
  interface RunningStep {
    /**
     * Waits until the step and everything it started has ended. After {@link #kill()} the exit code
     * is 137.
     */
    StepResult await();

    /** Ends the step and everything it started; returns at once. */
    void kill();
  }
}
