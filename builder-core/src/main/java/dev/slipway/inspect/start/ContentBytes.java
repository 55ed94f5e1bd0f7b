package dev.slipway.inspect.start;

import dev.slipway.inspect.FileBytes;
import dev.slipway.tree.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Content read from anywhere: on one stream as long as it goes forward, and with what follows, for
 * most is read in small pieces that lie near each other. Not thread-safe; the caller closes it.
 */
final class ContentBytes implements FileBytes, AutoCloseable {
  private static final int WINDOW = 1 << 14;

  private final Content content;
  private @Nullable InputStream in;
  private long position;
  private byte[] window = new byte[0];
  private long windowStart;

  ContentBytes(Content content) {
    this.content = content;
  }

  @Override
  public long size() {
    return content.size();
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    if (offset < 0 || offset >= content.size() || length <= 0) {
      return new byte[0];
    }
    int wanted = (int) Math.min(length, content.size() - offset);
    long into = offset - windowStart;
    if (into < 0 || into + wanted > window.length) {
      window = fetch(offset, (int) Math.min(Math.max(wanted, WINDOW), content.size() - offset));
      windowStart = offset;
      into = 0;
    }
    return Arrays.copyOfRange(window, (int) into, (int) Math.min(into + wanted, window.length));
  }

  private byte[] fetch(long offset, int length) throws IOException {
    if (in == null || offset < position) {
      close();
      in = content.open();
      position = 0;
    }
    in.skipNBytes(offset - position);
    byte[] bytes = in.readNBytes(length);
    position = offset + bytes.length;
    return bytes;
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
  }
}
