package dev.slipway;

import java.nio.file.Path;

/** Where builds leave for builds elsewhere what their steps came to. */
public sealed interface CacheLocation {
  /**
   * Under a name in a registry.
   *
   * @param name as an image is named; {@code latest} where it has no tag. To read it need not be
   *     there yet
   */
  record InRegistry(String name) implements CacheLocation {}

  /**
   * In a directory, an OCI layout, as CI systems carry them from one run to the next.
   *
   * @param directory is made where it is written and not there
   * @param tag what it is called in the layout: several caches, and images, may be in one
   */
  record InDirectory(Path directory, String tag) implements CacheLocation {
    /** What a cache in a directory is called where nothing else is said. */
    public static final String DEFAULT_TAG = "latest";
  }

  static CacheLocation inRegistry(String name) {
    return new InRegistry(name);
  }

  static CacheLocation inDirectory(Path directory) {
    return new InDirectory(directory, InDirectory.DEFAULT_TAG);
  }
}
