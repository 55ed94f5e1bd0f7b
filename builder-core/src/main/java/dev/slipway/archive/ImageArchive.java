package dev.slipway.archive;

import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.layer.Compression;
import dev.slipway.layer.Decompression;
import dev.slipway.layer.LayerException;
import dev.slipway.oci.ImageSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Images in a file or directory. What is in it is found by looking, not by its name: an OCI layout
 * (image-spec, image-layout.md), or what {@code docker save} writes; a file may be packed with gzip
 * or zstd. Thread-safe.
 */
public final class ImageArchive implements Closeable {
  private static final long MAX_UNPACKED = 1L << 38;

  private final Contents contents;
  private final @Nullable Path unpacked;

  private ImageArchive(Contents contents, @Nullable Path unpacked) {
    this.contents = contents;
    this.unpacked = unpacked;
  }

  /** What either kind of archive has. */
  interface Contents {
    List<String> names();

    ImageSource find(@Nullable String name) throws IOException;
  }

  /**
   * Opens an archive; of its images only the list is read.
   *
   * @param temporary a directory for an archive that has to be unpacked first; it is gone from
   *     there when this is closed
   * @throws ArchiveException if there is no image in it
   */
  public static ImageArchive open(Path path, Path temporary) {
    Path unpacked = null;
    boolean opened = false;
    try {
      ArchiveFiles files;
      if (Files.isDirectory(path)) {
        files = new DirectoryFiles(path);
      } else {
        unpacked = unpack(path, temporary);
        files = TarFiles.open(unpacked == null ? path : unpacked, path.toString());
      }
      ImageArchive archive = new ImageArchive(contents(files), unpacked);
      opened = true;
      return archive;
    } catch (NoSuchFileException e) {
      throw new ArchiveException("\"" + path + "\" does not exist", null, e);
    } catch (LayerException e) {
      throw new ArchiveException(
          "\"" + path + "\" is no image archive: " + e.getMessage(),
          "expected an oci layout or what docker save writes",
          e);
    } catch (IOException e) {
      throw new ArchiveException("cannot read \"" + path + "\": " + FileRefusal.reason(e), null, e);
    } finally {
      if (!opened) {
        delete(unpacked);
      }
    }
  }

  private static @Nullable Path unpack(Path path, Path temporary) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(4);
    }
    if (Decompression.detect(start) == Compression.NONE) {
      return null;
    }
    Path unpacked = Files.createTempFile(temporary, "image-", ".tar");
    boolean done = false;
    try (InputStream in = Decompression.open(Files.newInputStream(path), MAX_UNPACKED)) {
      try (var out = Files.newOutputStream(unpacked)) {
        in.transferTo(out);
      }
      done = true;
      return unpacked;
    } finally {
      if (!done) {
        delete(unpacked);
      }
    }
  }

  private static Contents contents(ArchiveFiles files) throws IOException {
    if (files.find("index.json") != null) {
      return LayoutContents.read(files);
    }
    if (files.find("manifest.json") != null) {
      return DockerContents.read(files);
    }
    throw new ArchiveException(
        "\"" + files.where() + "\" holds no image: it has neither index.json nor manifest.json",
        "expected an oci layout or what docker save writes",
        null);
  }

  /** The names that images have in it, as written there; images may be without. */
  public List<String> names() {
    return contents.names();
  }

  /**
   * An image of it; nothing is read yet.
   *
   * @param name a name, a tag, or a digest; null for the only one there is, or of several {@code
   *     latest}
   * @throws ArchiveException if there is none of that name, or more than one without
   */
  public ImageSource image(@Nullable String name) throws IOException {
    return contents.find(name);
  }

  /** Takes away what was unpacked; images that were given out may fail after it. */
  @Override
  public void close() {
    delete(unpacked);
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It lies in the temporary directory, whose owner clears it.
    }
  }
}
