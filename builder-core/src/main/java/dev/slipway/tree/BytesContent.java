package dev.slipway.tree;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Content held in memory, as that of a heredoc. */
public final class BytesContent implements Content {
  /** Content of no bytes. */
  public static final BytesContent EMPTY = new BytesContent(new byte[0]);

  private final byte[] bytes;

  public BytesContent(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** The UTF-8 form of {@code text}. */
  public static BytesContent of(String text) {
    return new BytesContent(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public @Nullable String digestIfKnown() {
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BytesContent content && Arrays.equals(bytes, content.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
