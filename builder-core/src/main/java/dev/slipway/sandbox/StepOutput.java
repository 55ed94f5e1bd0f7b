package dev.slipway.sandbox;

/** Hears what a step prints, from one thread at a time, and quick: the step waits for it. */
@FunctionalInterface
public interface StepOutput {
  /**
   * @param error whether to standard error
   * @param bytes the caller's own; copied by who keeps them
   */
  void print(boolean error, byte[] bytes, int length);
}
