package dev.slipway.worker;

import dev.slipway.tree.Content;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file of an upper directory; here only its path matters. */
final class UpperContent implements Content {
  private final byte[] path;
  private final long size;

  UpperContent(byte[] path, long size) {
    this.path = path;
    this.size = size;
  }

  /** Below the upper directory, without a leading slash. */
  byte[] path() {
    return path;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream open() {
    throw new UnsupportedOperationException("the worker names content and does not read it");
  }

  @Override
  public @Nullable String digestIfKnown() {
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UpperContent content && Arrays.equals(content.path, path);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(path);
  }
}
