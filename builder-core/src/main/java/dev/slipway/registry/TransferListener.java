package dev.slipway.registry;

/** Hears how far one transfer is. Called from the thread that transfers, often; quick. */
@FunctionalInterface
public interface TransferListener {
  /** Hears nothing. */
  TransferListener SILENT = done -> {};

  /**
   * @param done the bytes moved up to now; goes back where a transfer starts again
   */
  void moved(long done);
}
