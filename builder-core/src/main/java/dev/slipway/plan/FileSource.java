package dev.slipway.plan;

import org.jspecify.annotations.Nullable;

/** A file system that a step reads from. */
public sealed interface FileSource {

  /** The main build context, without what {@code .dockerignore} leaves out. */
  record MainContext() implements FileSource {
    // By hand, with hashCode: what a record is given links by invokedynamic, 3 ms at first use.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof MainContext;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  /** A further build context. */
  record NamedContext(String name) implements FileSource {}

  /** The files of an earlier stage. */
  record Stage(int id) implements FileSource {
    // By hand, with hashCode: what a record is given links by invokedynamic, 3 ms at first use.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Stage that && id == that.id;
    }

    @Override
    public int hashCode() {
      return id;
    }
  }

  /**
   * The files of an image.
   *
   * @param written what {@code --from} calls it
   */
  record Image(ResolvedImage image, String written) implements FileSource {}

  /** One file whose content stands in the Dockerfile. */
  record Inline(String fileName, byte[] content, int mode) implements FileSource {}

  /** No file at all. */
  record Empty() implements FileSource {}
}
