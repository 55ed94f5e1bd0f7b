package dev.slipway.layer;

/** How much of what is known of a file is written into an archive. */
enum LayerDetail {
  /**
   * As other builders write what a step made: whole seconds, and of the extended attributes only
   * capabilities; what else there is belongs to the machine.
   */
  STEP,
  /** For a directory of this machine: whole seconds, but every attribute. */
  DIRECTORY,
  /** All of it: fractions of seconds too. */
  EVERYTHING;

  boolean keepsAttribute(String name) {
    return this != STEP || name.equals("security.capability");
  }

  boolean keepsFractions() {
    return this == EVERYTHING;
  }
}
