package dev.slipway.inspect.start;

/** The C library that a program is linked with and finds in its image. */
public enum CLibrary {
  /** None: it is linked statically. */
  NONE,
  GLIBC,
  MUSL
}
