package dev.slipway;

/** What a build makes of an image that cannot start. */
public enum StartCheckMode {
  /** Nothing is looked at. */
  OFF,
  /** It is told; files of the base image are not fetched to look into them. */
  WARN,
  /** It ends the build before anything is written; every file that is needed is looked into. */
  ERROR
}
