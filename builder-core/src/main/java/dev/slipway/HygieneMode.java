package dev.slipway;

/** What a build makes of secrets and leftovers in its image. */
public enum HygieneMode {
  /** Nothing is looked at. */
  OFF,
  /** They are told. */
  WARN,
  /** They end the build before anything is written. */
  ERROR
}
