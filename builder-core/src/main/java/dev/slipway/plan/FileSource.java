package dev.slipway.plan;

/** A file system that a step reads from. */
public sealed interface FileSource {

  /** The main build context, without what {@code .dockerignore} leaves out. */
  record MainContext() implements FileSource {}

  /** A further build context. */
  record NamedContext(String name) implements FileSource {}

  /** The files of an earlier stage. */
  record Stage(int id) implements FileSource {}

  /** The files of an image. */
  record Image(ResolvedImage image) implements FileSource {}

  /** One file whose content stands in the Dockerfile. */
  record Inline(String fileName, byte[] content, int mode) implements FileSource {}

  /** No file at all. */
  record Empty() implements FileSource {}
}
