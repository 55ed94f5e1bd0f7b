package dev.slipway.linux;

import java.io.IOException;

/** A system call failed. */
public final class LinuxException extends IOException {
  private final int errno;

  /**
   * @param call the call and what it was about, as {@code mount '/proc'}
   * @param errno what the kernel answered
   */
  public LinuxException(String call, int errno) {
    super(call + ": " + Errno.text(errno));
    this.errno = errno;
  }

  /** The kernel's words alone, without what was tried. */
  public String reason() {
    return Errno.text(errno);
  }

  /** One of {@link Errno}'s numbers, or another. */
  public int errno() {
    return errno;
  }
}
