package dev.slipway.layer;

import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A compact binary form of changes, for keeping and sending them: all that they hold, origins and
 * hard links too, but of content only what the caller says of it. The form has a version; the same
 * changes give the same bytes.
 *
 * <p>A record a change: its kind, its path as the length shared with the path before and the rest,
 * and an entry's parts. Numbers are of variable length, seven bits a byte. Metadata's attributes
 * and origins are written where they first occur and counted, later ones say the count.
 */
public final class ChangeSetCodec {
  static final byte[] MAGIC = {'S', 'L', 'C', 'S', 1};
  static final int MAX_REFERENCE = 4096;

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
    BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    new ChangeSetEncoder(buffered, contents).write(changes);
    buffered.flush();
  }

  /**
   * @param encoded not copied
   * @throws LayerException if the bytes are not what {@link #write} gives, or of another version
   */
  public static ChangeSet read(byte[] encoded, ContentDecoder contents) throws IOException {
    return new ChangeSetDecoder(encoded, contents).read();
  }

  /** What a record is of. */
  enum Kind {
    END,
    WHITEOUT,
    OPAQUE,
    DIRECTORY,
    FILE,
    SYMLINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    FIFO,
    /** Another name of an entry of before. */
    LINK;

    private static final Kind[] ALL = values();

    static Kind of(int tag) {
      if (tag < 0 || tag >= ALL.length) {
        throw EncodedInput.malformed();
      }
      return ALL[tag];
    }
  }

  /** Set on a kind whose entry may have other names, which count such entries from 0. */
  static final int LINKED = 0x10;

  /** Set on a file whose digest follows. */
  static final int DIGEST = 0x20;

  /** The part of a tag that is a kind. */
  static final int KIND_BITS = 0x0f;
}
