package dev.slipway.layer;

/** How a layer's archive is compressed. */
public enum Compression {
  NONE,
  GZIP,
  ZSTD;

  /** The level taken where none is asked for. */
  public int defaultLevel() {
    return switch (this) {
      case NONE -> 0;
      case GZIP -> 4;
      case ZSTD -> 3;
    };
  }
}
