package dev.slipway.layer;

import dev.slipway.deflate.IncompressibleProbe;
import dev.slipway.deflate.PieceEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/** One block of a {@link ParallelGzip}: input, what it comes to, and the encoder; used again. */
final class GzipBlock {
  private static final int STORED_MAX = 0xffff;
  private static final int WINDOW = PieceEncoder.WINDOW;

  /** What came before is at the front; the block begins behind it. */
  private final byte[] input = new byte[WINDOW + ParallelGzip.BLOCK + PieceEncoder.SLACK];

  private final byte[] output = new byte[PieceEncoder.maxSize(ParallelGzip.BLOCK)];
  private final IncompressibleProbe probe = new IncompressibleProbe();
  private final PieceEncoder encoder;
  private int begin;
  private int end;
  private int outputLength;

  /**
   * @param encoder nobody else's
   */
  GzipBlock(PieceEncoder encoder) {
    this.encoder = encoder;
  }

  /** Makes this the block after {@code previous}, which may be being deflated meanwhile. */
  void startAfter(GzipBlock previous) {
    begin = Math.min(WINDOW, previous.end);
    System.arraycopy(previous.input, previous.end - begin, input, 0, begin);
    end = begin;
    outputLength = 0;
  }

  /** Takes as many bytes as there is room for, and returns how many these are. */
  int append(byte[] bytes, int offset, int length) {
    int taken = Math.min(length, begin + ParallelGzip.BLOCK - end);
    System.arraycopy(bytes, offset, input, end, taken);
    end += taken;
    return taken;
  }

  boolean isFull() {
    return end - begin == ParallelGzip.BLOCK;
  }

  /** Makes the output: whole bytes of deflated data, RFC 1951, with no last block. */
  void deflate() {
    if (probe.isIncompressible(input, begin, end)) {
      store();
    } else {
      outputLength = encoder.encode(input, begin, end, output);
    }
  }

  private void store() {
    int at = begin;
    outputLength = 0;
    while (at < end) {
      int length = Math.min(STORED_MAX, end - at);
      output[outputLength++] = 0;
      output[outputLength++] = (byte) length;
      output[outputLength++] = (byte) (length >>> 8);
      output[outputLength++] = (byte) ~length;
      output[outputLength++] = (byte) (~length >>> 8);
      System.arraycopy(input, at, output, outputLength, length);
      outputLength += length;
      at += length;
    }
  }

  void updateChecksum(CRC32 crc) {
    crc.update(input, begin, end - begin);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(output, 0, outputLength);
  }

  void release() {
    encoder.close();
  }
}
