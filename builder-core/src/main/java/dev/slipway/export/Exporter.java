package dev.slipway.export;

/**
 * Writes one build's images to one target. Layers may be offered from several threads while the
 * build runs; commit comes once, at its end. Until then the target shows nothing of it, and after
 * {@link #close} without commit nothing is left, but for blobs in a registry, which it collects
 * itself.
 */
public interface Exporter extends AutoCloseable {

  /**
   * A layer of an image to come is being made, and will be offered: a target that can, prepares for
   * it. Returns at once. A layer need not be told of before.
   */
  default void expectLayer() {}

  /**
   * A layer of an image to come is ready; a target that can, begins to transfer it. Returns at
   * once. What is never offered is transferred by {@link #commit}.
   */
  void offer(OfferedLayer layer);

  /**
   * Writes what is still missing and makes the images visible.
   *
   * @throws dev.slipway.diagnostic.BuildException if the target refuses; nothing is visible then
   */
  ExportResult commit(ExportedImages images);

  /** Ends what is under way; takes away what is half written. Idempotent, throws nothing. */
  @Override
  void close();
}
