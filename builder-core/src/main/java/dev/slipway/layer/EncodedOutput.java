package dev.slipway.layer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes numbers of variable length, seven bits a byte, and bytes behind their number. */
final class EncodedOutput {
  private final OutputStream out;

  /**
   * @param out stays open; best buffered
   */
  EncodedOutput(OutputStream out) {
    this.out = out;
  }

  void writeByte(int value) throws IOException {
    out.write(value);
  }

  void writeExactly(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  void writeExactly(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  void writeNumber(long number) throws IOException {
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  void writeBytes(byte[] bytes) throws IOException {
    writeNumber(bytes.length);
    out.write(bytes);
  }

  void writeText(String text) throws IOException {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
