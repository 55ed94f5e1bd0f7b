package dev.slipway.layer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** One block of a {@link ParallelGzip}: input, what it comes to, and the deflater; used again. */
final class GzipBlock {
  private static final int STORED_MAX = 0xffff;

  // Deflate's worst case is a few bytes in 16 KiB; so one call always has room.
  private static final int OUTPUT = ParallelGzip.BLOCK + ParallelGzip.BLOCK / 64 + 1024;

  private final byte[] window = new byte[ParallelGzip.WINDOW];
  private final byte[] input = new byte[ParallelGzip.BLOCK];
  private final byte[] output = new byte[OUTPUT];
  private final Deflater deflater;
  private final IncompressibleProbe probe = new IncompressibleProbe();
  private int windowLength;
  private int inputLength;
  private int outputLength;

  GzipBlock(int level) {
    this.deflater = new Deflater(level, true);
  }

  /** Makes this the block after {@code previous}, which may be being deflated meanwhile. */
  void startAfter(GzipBlock previous) {
    windowLength = Math.min(ParallelGzip.WINDOW, previous.inputLength);
    System.arraycopy(previous.input, previous.inputLength - windowLength, window, 0, windowLength);
    inputLength = 0;
    outputLength = 0;
  }

  /** Takes as many bytes as there is room for, and returns how many these are. */
  int append(byte[] bytes, int offset, int length) {
    int taken = Math.min(length, input.length - inputLength);
    System.arraycopy(bytes, offset, input, inputLength, taken);
    inputLength += taken;
    return taken;
  }

  boolean isFull() {
    return inputLength == input.length;
  }

  /** Makes the output: whole bytes of deflated data, RFC 1951, with no last block. */
  void deflate() {
    if (inputLength == 0) {
      outputLength = 0;
    } else if (probe.isIncompressible(input, inputLength)) {
      store();
    } else {
      deflater.reset();
      if (windowLength > 0) {
        deflater.setDictionary(window, 0, windowLength);
      }
      deflater.setInput(input, 0, inputLength);
      outputLength = deflater.deflate(output, 0, output.length, Deflater.SYNC_FLUSH);
    }
  }

  private void store() {
    int at = 0;
    outputLength = 0;
    while (at < inputLength) {
      int length = Math.min(STORED_MAX, inputLength - at);
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
    crc.update(input, 0, inputLength);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(output, 0, outputLength);
  }

  /** Frees the memory that the collector does not see. */
  void release() {
    deflater.end();
  }
}
