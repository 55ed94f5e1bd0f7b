package dev.slipway.plan;

/** What a stage starts from. */
public sealed interface Base {

  /** No file at all. */
  record Scratch() implements Base {}

  /** An image's layers. */
  record Image(ResolvedImage image) implements Base {}

  /** The files of an earlier stage. */
  record Stage(int id) implements Base {}

  /** The files of a named build context, as one layer. */
  record Context(String name) implements Base {}
}
