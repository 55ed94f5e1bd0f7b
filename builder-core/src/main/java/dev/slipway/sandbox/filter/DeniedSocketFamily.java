package dev.slipway.sandbox.filter;

/** Kinds of sockets that a step may not make, as with Docker's default profile. */
public enum DeniedSocketFamily {
  /**
   * The kernel's cryptography: CVE-2026-31431 writes through it to files that are only readable.
   */
  ALG(38),
  /** The virtual machine's host, and its other machines; no network namespace covers it. */
  VSOCK(40);

  private final int number;

  DeniedSocketFamily(int number) {
    this.number = number;
  }

  /** As {@code socket} takes it. */
  public int number() {
    return number;
  }
}
