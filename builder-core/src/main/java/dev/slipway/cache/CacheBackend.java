package dev.slipway.cache;

import dev.slipway.oci.Digest;
import dev.slipway.store.BlobStore;
import java.util.List;
import java.util.Optional;

/**
 * A cache shared with other machines. All methods may be called from several threads. A failure of
 * the far side is a miss on reading; on writing it is thrown, and the caller decides whether a
 * build may fail for it.
 */
public interface CacheBackend {
  /** The small record put under {@code key} by whatever machine; empty if there is none. */
  Optional<byte[]> find(CacheKey key);

  /**
   * Publishes a record; an earlier one under the same key may be kept instead.
   *
   * @param blobs what the record refers to, present in {@code from}; they are uploaded before the
   *     record, so that whoever finds the record finds them
   */
  void put(CacheKey key, byte[] record, List<Digest> blobs, BlobStore from);

  /** Brings a blob that a found record refers to into {@code into}, verified; false on a miss. */
  boolean fetch(Digest blob, BlobStore into);
}
