package dev.slipway.store;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one file: a record of fixed size, with a checksum of its own, so that a killed
 * or damaged write costs only the records it touched.
 *
 * @param hash stands for its path and is never 0
 * @param digest0 the first of four numbers that are the SHA-256
 */
record FileMemo(
    long hash,
    long inode,
    long size,
    long mtimeNanos,
    long ctimeNanos,
    long digest0,
    long digest1,
    long digest2,
    long digest3) {

  /** The bytes of each. */
  static final int SIZE = 80;

  private static final int CHECKSUM_SEED = 0x534d4d31;

  static FileMemo of(FileIdentity file, byte[] sha256) {
    ByteBuffer digest = ByteBuffer.wrap(sha256);
    return new FileMemo(
        hash(file.path()),
        file.inode(),
        file.size(),
        file.mtimeNanos(),
        file.ctimeNanos(),
        digest.getLong(),
        digest.getLong(),
        digest.getLong(),
        digest.getLong());
  }

  boolean isOf(FileIdentity file) {
    return inode == file.inode()
        && size == file.size()
        && mtimeNanos == file.mtimeNanos()
        && ctimeNanos == file.ctimeNanos();
  }

  String hex() {
    return Hex.of(digest0, digest1, digest2, digest3);
  }

  private long checksum() {
    long sum =
        mix(mix(mix(mix(mix(CHECKSUM_SEED ^ hash) ^ inode) ^ size) ^ mtimeNanos) ^ ctimeNanos);
    return mix(mix(mix(mix(sum ^ digest0) ^ digest1) ^ digest2) ^ digest3);
  }

  void write(ByteBuffer to, int at) {
    to.putLong(at, hash).putLong(at + 8, inode).putLong(at + 16, size);
    to.putLong(at + 24, mtimeNanos).putLong(at + 32, ctimeNanos);
    to.putLong(at + 40, digest0).putLong(at + 48, digest1);
    to.putLong(at + 56, digest2).putLong(at + 64, digest3);
    to.putLong(at + 72, checksum());
  }

  /** Null if there is no record at this place, or a damaged one. */
  static @Nullable FileMemo read(ByteBuffer from, int at) {
    FileMemo memo =
        new FileMemo(
            from.getLong(at),
            from.getLong(at + 8),
            from.getLong(at + 16),
            from.getLong(at + 24),
            from.getLong(at + 32),
            from.getLong(at + 40),
            from.getLong(at + 48),
            from.getLong(at + 56),
            from.getLong(at + 64));
    return memo.hash != 0 && memo.checksum() == from.getLong(at + 72) ? memo : null;
  }

  /** A hash of a path; other paths with the same one share a place, and the last one gets it. */
  static long hash(String path) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < path.length(); i++) {
      hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
    }
    hash = mix(hash);
    return hash == 0 ? 1 : hash;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 32)) * 0xd6e8feb86659fd93L;
    mixed = (mixed ^ (mixed >>> 29)) * 0x9e3779b97f4a7c15L;
    return mixed ^ (mixed >>> 32);
  }
}
