package dev.slipway.layer;

import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that {@code ADD} may unpack. */
public final class ArchiveFile {
  private ArchiveFile() {}

  /**
   * Whether the content begins, uncompressed (gzip, bzip2, xz, zstd), with a tar header: then it is
   * an archive, whatever its name.
   */
  private static boolean isArchive(Content content, long maxBytes) {
    byte[] block = new byte[TarInput.BLOCK];
    try (InputStream tar = open(content, maxBytes)) {
      return tar.readNBytes(block, 0, block.length) == block.length && isHeader(block);
    } catch (LayerException | IOException e) {
      return false; // not what its first bytes pretend; that it is unreadable, copying it will say
    }
  }

  private static boolean isHeader(byte[] block) {
    boolean empty = true;
    for (byte b : block) {
      empty &= b == 0;
    }
    if (empty) {
      return false;
    }
    try {
      long stated = TarField.CHECKSUM.number(block);
      return stated == TarField.checksum(block, false) || stated == TarField.checksum(block, true);
    } catch (LayerException e) {
      return false;
    }
  }

  /**
   * What is in the archive, or null if the content is none.
   *
   * @param tar a file to be made, which keeps the uncompressed archive for as long as the result is
   *     used; not made if the content is no archive
   * @throws LayerException if it begins as an archive but is malformed, or leaves its root
   */
  public static @Nullable ChangeSet read(Content content, LayerReadOptions options, Path tar)
      throws IOException {
    if (!isArchive(content, options.maxBytes())) {
      return null;
    }
    try (InputStream in = open(content, options.maxBytes());
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(tar), 1 << 16)) {
      TeeInputStream tee = new TeeInputStream(in, out);
      return LayerReader.readChanges(
          tee, options, (path, size, offset, body) -> new TarSliceContent(tar, offset, size));
    }
  }

  private static InputStream open(Content content, long maxBytes) throws IOException {
    InputStream in = content.open();
    try {
      return Decompression.openAny(in, maxBytes);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }
}
