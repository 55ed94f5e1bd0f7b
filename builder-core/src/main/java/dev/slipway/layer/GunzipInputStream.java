package dev.slipway.layer;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip, RFC 1952, of any number of members, each checked. The JDK's own stream decides by
 * {@code available()} whether another member follows, and so ends early on a socket.
 */
final class GunzipInputStream extends BlockInputStream {
  private static final int MAGIC = 0x1f;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int DEFLATE = 8;

  private final InputStream in;
  private final boolean restAllowed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int start;
  private int end;
  private long memberSize;
  private boolean done;

  /**
   * @param restAllowed whether what follows a member and is none ends the stream, as it does for
   *     the gzip program; else it is an error
   */
  GunzipInputStream(InputStream in, boolean restAllowed) throws IOException {
    this.in = in;
    this.restAllowed = restAllowed;
    readHeader();
  }

  @Override
  public int read(byte[] out, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!done) {
      int got = inflate(out, offset, length);
      if (got > 0) {
        crc.update(out, offset, got);
        memberSize += got;
        return got;
      }
      if (inflater.finished()) {
        finishMember();
      }
    }
    return -1;
  }

  private int inflate(byte[] out, int offset, int length) throws IOException {
    try {
      int got = inflater.inflate(out, offset, length);
      if (got == 0 && inflater.needsDictionary()) {
        throw malformed("it asks for a dictionary");
      }
      if (got == 0 && inflater.needsInput()) {
        if (start == end && !fill()) {
          throw endsTooEarly();
        }
        inflater.setInput(buffer, start, end - start);
        start = end;
      }
      return got;
    } catch (DataFormatException e) {
      throw new LayerException("malformed gzip stream: " + e.getMessage(), e);
    }
  }

  private void finishMember() throws IOException {
    start = end - inflater.getRemaining();
    long statedCrc = readLittleEndian();
    long statedSize = readLittleEndian();
    if (statedCrc != crc.getValue() || statedSize != (memberSize & 0xffff_ffffL)) {
      throw malformed("its checksum is wrong");
    }
    if (atEnd() || restAllowed && (buffer[start] & 0xff) != MAGIC) {
      done = true;
      return;
    }
    inflater.reset();
    crc.reset();
    memberSize = 0;
    readHeader();
  }

  /** Whether nothing follows but zeros, with which some programs fill up a block. */
  private boolean atEnd() throws IOException {
    while (start < end || fill()) {
      if (buffer[start] != 0) {
        return false;
      }
      start++;
    }
    return true;
  }

  private void readHeader() throws IOException {
    if (readByte() != MAGIC || readByte() != 0x8b || readByte() != DEFLATE) {
      throw malformed("its header is none");
    }
    int flags = readByte();
    for (int i = 0; i < 6; i++) {
      readByte();
    }
    if ((flags & EXTRA) != 0) {
      int length = readByte() | readByte() << 8;
      for (int i = 0; i < length; i++) {
        readByte();
      }
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      readByte();
      readByte();
    }
  }

  private void skipText() throws IOException {
    while (readByte() != 0) {
      // The name of the file that was compressed is of no interest.
    }
  }

  private long readLittleEndian() throws IOException {
    return readByte() | readByte() << 8 | readByte() << 16 | (long) readByte() << 24;
  }

  private int readByte() throws IOException {
    if (start == end && !fill()) {
      throw endsTooEarly();
    }
    return buffer[start++] & 0xff;
  }

  private boolean fill() throws IOException {
    start = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }

  private static LayerException endsTooEarly() {
    return malformed("it ends too early");
  }

  private static LayerException malformed(String why) {
    return new LayerException("malformed gzip stream: " + why);
  }

  @Override
  public void close() throws IOException {
    done = true;
    inflater.end();
    in.close();
  }
}
