package dev.slipway.layer;

import dev.slipway.tree.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A part of a file: the body of one member of an archive that is kept uncompressed. */
public final class TarSliceContent implements Content {
  private final Path tar;
  private final long offset;
  private final long size;
  private final byte @Nullable [] sha256;

  /** A part whose digest is not known. */
  public TarSliceContent(Path tar, long offset, long size) {
    this(tar, offset, size, null);
  }

  /**
   * @param sha256 the digest of the part, 32 bytes
   */
  public TarSliceContent(Path tar, long offset, long size, byte @Nullable [] sha256) {
    this.tar = tar;
    this.offset = offset;
    this.size = size;
    this.sha256 = sha256 == null ? null : sha256.clone();
  }

  public Path tar() {
    return tar;
  }

  /** Where the part starts in the file. */
  public long offset() {
    return offset;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream open() throws IOException {
    return new SliceInputStream(FileChannel.open(tar, StandardOpenOption.READ));
  }

  @Override
  public @Nullable String digestIfKnown() {
    return sha256 == null ? null : HexFormat.of().formatHex(sha256);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TarSliceContent slice
        && slice.offset == offset
        && slice.size == size
        && slice.tar.equals(tar);
  }

  @Override
  public int hashCode() {
    return Objects.hash(tar, offset, size);
  }

  @Override
  public String toString() {
    return tar + "@" + offset + "+" + size;
  }

  private final class SliceInputStream extends BlockInputStream {
    private final FileChannel channel;
    private long position = offset;

    SliceInputStream(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
      long left = offset + size - position;
      if (left <= 0) {
        return length == 0 ? 0 : -1;
      }
      int wanted = (int) Math.min(length, left);
      int got = channel.read(ByteBuffer.wrap(buffer, start, wanted), position);
      if (got < 0) {
        throw new EOFException("\"" + tar + "\" ends before a member's body does");
      }
      position += got;
      return got;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.max(0, Math.min(count, offset + size - position));
      position += skipped;
      return skipped;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
