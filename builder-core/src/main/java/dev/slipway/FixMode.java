package dev.slipway;

/** What a build adds to a Dockerfile. */
public enum FixMode {
  OFF,
  /** Without which the image does not start. */
  START,
  /** That, and what its program may want once it runs, as far as a stage has it. */
  HINTS
}
