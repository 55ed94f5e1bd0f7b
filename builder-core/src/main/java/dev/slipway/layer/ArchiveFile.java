package dev.slipway.layer;

import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that {@code ADD} may unpack. */
public final class ArchiveFile {
  private static final int HEADERS_BUFFER = 1 << 13;

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
   * What is in the archive, or null if the content is none. The files of an archive that is not
   * compressed are parts of it, and are read from it again whenever they are opened.
   *
   * @param tar a file to be made if the content is a compressed archive; keeps it uncompressed for
   *     as long as the result is used
   * @throws LayerException if it begins as an archive but is malformed, or leaves its root
   */
  public static @Nullable ChangeSet read(Content content, LayerReadOptions options, Path tar)
      throws IOException {
    if (!isArchive(content, options.maxBytes())) {
      return null;
    }
    return isCompressed(content)
        ? readCompressed(content, options, tar)
        : readPlain(content, options);
  }

  private static boolean isCompressed(Content content) throws IOException {
    try (InputStream in = content.open()) {
      return Decompression.isCompressed(in);
    }
  }

  private static ChangeSet readPlain(Content archive, LayerReadOptions options) throws IOException {
    // What is buffered is skipped there, the rest by the stream itself: bodies are not read.
    try (InputStream in = new BufferedInputStream(archive.open(), HEADERS_BUFFER)) {
      return LayerReader.readChanges(
          in, options, (path, size, offset, body) -> new ContentSlice(archive, offset, size));
    }
  }

  private static ChangeSet readCompressed(Content archive, LayerReadOptions options, Path tar)
      throws IOException {
    try (InputStream in = open(archive, options.maxBytes());
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(tar), 1 << 16)) {
      TeeInputStream tee = new TeeInputStream(in, out);
      return LayerReader.readChanges(
          tee, options, (path, size, offset, body) -> new TarSliceContent(tar, offset, size));
    }
  }

  private static InputStream open(Content content, long maxBytes) throws IOException {
    return Decompression.openAny(content.open(), maxBytes);
  }
}
