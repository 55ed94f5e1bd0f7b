package dev.slipway.registry;

/** How a blob came to be in a repository. */
public enum PushOutcome {
  /** It was there. */
  EXISTED,
  /** The registry took it from another of its repositories. */
  MOUNTED,
  /** Its bytes were sent. */
  UPLOADED
}
