package dev.slipway.export;

import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * A tar archive of files with short ASCII names, as layouts and image archives are. The same files
 * give the same bytes: owner 0, mode 0644 and 0755, time 0. POSIX.1-1988 ustar; sizes from 8 GiB in
 * GNU's base-256.
 */
public final class BlobArchive {
  /** The room for a name in ustar's header. */
  private static final int NAME_FIELD = 100;

  private static final int BLOCK = 512;
  private static final int BUFFER = 256 << 10;
  private static final long MAX_OCTAL = (1L << 33) - 1;

  private final OutputStream out;
  private final LongConsumer progress;
  private final byte[] buffer = new byte[BUFFER];
  private long written;

  /**
   * @param out stays open
   * @param progress hears the bytes written up to now
   */
  public BlobArchive(OutputStream out, LongConsumer progress) {
    this.out = out;
    this.progress = progress;
  }

  /** Adds a directory; {@code name} ends with a slash. */
  public void directory(String name) throws IOException {
    header(name, 0, '5', 0755);
  }

  public void file(String name, byte[] bytes) throws IOException {
    header(name, bytes.length, '0', 0644);
    write(bytes, bytes.length);
    pad(bytes.length);
  }

  /** Adds a blob, whose content sees to it that the bytes are the descriptor's. */
  public void blob(Descriptor descriptor, BlobContent content) throws IOException {
    header(name(descriptor), descriptor.size(), '0', 0644);
    try (InputStream in = content.open()) {
      for (int count; (count = in.read(buffer)) >= 0; ) {
        write(buffer, count);
      }
    }
    pad(descriptor.size());
  }

  /** As a layout has it: {@code blobs/sha256/<hex>}. */
  public static String name(Descriptor descriptor) {
    return "blobs/" + descriptor.digest().algorithm() + "/" + descriptor.digest().hex();
  }

  /** Writes the end of the archive. */
  public void finish() throws IOException {
    write(new byte[2 * BLOCK], 2 * BLOCK);
    out.flush();
  }

  private void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    written += length;
    progress.accept(written);
  }

  private void pad(long size) throws IOException {
    int rest = (int) (size % BLOCK);
    if (rest != 0) {
      write(new byte[BLOCK - rest], BLOCK - rest);
    }
  }

  private void header(String name, long size, char type, int mode) throws IOException {
    byte[] header = new byte[BLOCK];
    byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
    // Only the names of blobs under sha512 are longer.
    int nameLength = Math.min(nameBytes.length, NAME_FIELD);
    if (nameBytes.length > NAME_FIELD) {
      longName(nameBytes);
    }
    System.arraycopy(nameBytes, 0, header, 0, nameLength);
    octal(header, 100, 8, mode);
    octal(header, 108, 8, 0);
    octal(header, 116, 8, 0);
    number(header, size);
    octal(header, 136, 12, 0);
    header[156] = (byte) type;
    System.arraycopy("ustar\00000".getBytes(StandardCharsets.US_ASCII), 0, header, 257, 8);
    octal(header, 329, 8, 0);
    octal(header, 337, 8, 0);
    checksum(header);
    write(header, BLOCK);
  }

  /** GNU's way: the name is the content of a member before. */
  private void longName(byte[] name) throws IOException {
    header("././@LongLink", name.length + 1L, 'L', 0644);
    byte[] terminated = Arrays.copyOf(name, name.length + 1);
    write(terminated, terminated.length);
    pad(terminated.length);
  }

  private static void number(byte[] header, long size) {
    if (size <= MAX_OCTAL) {
      octal(header, 124, 12, size);
      return;
    }
    header[124] = (byte) 0x80;
    for (int i = 0; i < 8; i++) {
      header[135 - i] = (byte) (size >>> (8 * i));
    }
  }

  private static void octal(byte[] header, int offset, int width, long value) {
    long rest = value;
    for (int i = offset + width - 2; i >= offset; i--) {
      header[i] = (byte) ('0' + (rest & 7));
      rest >>>= 3;
    }
  }

  private static void checksum(byte[] header) {
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    octal(header, 148, 7, sum);
    header[154] = 0;
  }
}
