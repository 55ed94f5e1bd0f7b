package dev.slipway.layer;

import dev.slipway.tree.Content;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A part of another content: the body of one member of an archive that is not compressed. */
record ContentSlice(Content whole, long offset, long size) implements Content {
  /** Costs little if the whole gives a stream that skips without reading. */
  @Override
  public InputStream open() throws IOException {
    InputStream in = whole.open();
    try {
      in.skipNBytes(offset);
      return new SliceInputStream(in, size);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public @Nullable String digestIfKnown() {
    return null;
  }

  private static final class SliceInputStream extends BlockInputStream {
    private final InputStream in;
    private long left;

    SliceInputStream(InputStream in, long size) {
      this.in = in;
      this.left = size;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
      if (left == 0) {
        return length == 0 ? 0 : -1;
      }
      int got = in.read(buffer, start, (int) Math.min(length, left));
      left -= Math.max(0, got);
      return got;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = in.skip(Math.max(0, Math.min(count, left)));
      left -= skipped;
      return skipped;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
