package dev.slipway;

/** What a build makes of an image that cannot start. */
public enum StartCheckMode {
  /** Nothing is looked at. */
  OFF,
  /** It is told; nothing is fetched for it, and of a large base image no file is opened. */
  WARN,
  /** It ends the build before anything is written; every file that is needed is looked into. */
  ERROR
}
