package dev.slipway.layer;

import dev.slipway.tree.Origin;

/**
 * How an archive is read.
 *
 * @param origin given to every entry
 * @param maxBytes more uncompressed bytes than this are refused
 * @param maxEntries more members than this are refused
 */
public record LayerReadOptions(Whiteouts whiteouts, Origin origin, long maxBytes, long maxEntries) {
  private static final long DEFAULT_MAX_BYTES = 1L << 38;
  private static final long DEFAULT_MAX_ENTRIES = 20_000_000;

  /** A layer, with generous bounds: 256 GiB and twenty million members. */
  public static LayerReadOptions layer(Origin origin) {
    return new LayerReadOptions(Whiteouts.APPLIED, origin, DEFAULT_MAX_BYTES, DEFAULT_MAX_ENTRIES);
  }

  /** An archive that is no layer, with the same bounds. */
  public static LayerReadOptions archive(Origin origin) {
    return new LayerReadOptions(Whiteouts.LITERAL, origin, DEFAULT_MAX_BYTES, DEFAULT_MAX_ENTRIES);
  }

  public LayerReadOptions withMaxBytes(long newMaxBytes) {
    return new LayerReadOptions(whiteouts, origin, newMaxBytes, maxEntries);
  }

  public LayerReadOptions withMaxEntries(long newMaxEntries) {
    return new LayerReadOptions(whiteouts, origin, maxBytes, newMaxEntries);
  }
}
