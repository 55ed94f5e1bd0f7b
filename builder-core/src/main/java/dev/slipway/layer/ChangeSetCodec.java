package dev.slipway.layer;

import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A compact binary form of changes, for keeping and sending them: all that they hold, origins and
 * hard links too, but of content only what the caller says of it. The form has a version; the same
 * changes give the same bytes.
 */
public final class ChangeSetCodec {
  private ChangeSetCodec() {}

  /** Says of content where it can be found again. */
  @FunctionalInterface
  public interface ContentEncoder {
    /** At most 4096 bytes. */
    byte[] encode(Content content) throws IOException;
  }

  /** Finds content again. */
  @FunctionalInterface
  public interface ContentDecoder {
    /**
     * @param reference what the {@link ContentEncoder} said
     * @param digest the sha256 in hexadecimal, if it was known
     */
    Content decode(byte[] reference, long size, @Nullable String digest) throws IOException;
  }

  /**
   * @param out stays open
   */
  public static void write(ChangeSet changes, OutputStream out, ContentEncoder contents)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * @param in stays open; nothing behind the changes is read
   * @throws LayerException if the bytes are not what {@link #write} gives, or of another version
   */
  public static ChangeSet read(InputStream in, ContentDecoder contents) throws IOException {
    throw new UnsupportedOperationException();
  }
}
