package dev.slipway.snapshot;

import dev.slipway.layer.Compression;
import dev.slipway.oci.MediaType;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How layers are written as blobs.
 *
 * @param latestTime seconds; files that are newer get this time
 * @param force whether blobs of base images are written anew where they are compressed otherwise
 */
public record BlobFormat(
    Compression compression, int level, Optional<Long> latestTime, boolean force) {
  /** Names what compresses: to be changed with the bytes that the encoders make. */
  private static final String ENCODER = "blob4-";

  public static BlobFormat of(Compression compression) {
    return new BlobFormat(compression, compression.defaultLevel(), Optional.empty(), false);
  }

  MediaType mediaType() {
    return switch (compression) {
      case NONE -> MediaType.OCI_LAYER;
      case GZIP -> MediaType.OCI_LAYER_GZIP;
      case ZSTD -> MediaType.OCI_LAYER_ZSTD;
    };
  }

  /** The kind of fact under which the store remembers such blobs. */
  String factKind() {
    String kind = ENCODER + compression.name().toLowerCase(Locale.ROOT) + "-" + level;
    return latestTime.isPresent() ? kind + "-" + latestTime.get() : kind;
  }

  // By hand, with hashCode: what a record is given links by invokedynamic, 3 ms at first use.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BlobFormat that
        && compression == that.compression
        && level == that.level
        && force == that.force
        && latestTime.equals(that.latestTime);
  }

  @Override
  public int hashCode() {
    return 31 * compression.name().hashCode() + level;
  }
}
