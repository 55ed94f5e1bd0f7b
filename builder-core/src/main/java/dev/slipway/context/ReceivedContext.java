package dev.slipway.context;

import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.layer.ArchiveFile;
import dev.slipway.layer.LayerReadOptions;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.FileContent;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A context that came as one file, from standard input or from a URL: an archive, compressed or
 * not, or a Dockerfile alone.
 */
public sealed interface ReceivedContext {
  /** The files of an archive, owners kept; their content stays in the directory it was put in. */
  record Archive(FileTree tree) implements ReceivedContext {}

  /** No archive, so the text of a Dockerfile. */
  record Dockerfile(byte[] text) implements ReceivedContext {}

  /**
   * Reads a stream to its end and does not close it.
   *
   * @param directory where the archive is kept, for as long as the context is used
   * @param maxBytes more than that, compressed or not, is an error
   * @throws ContextException if the stream cannot be read
   * @throws dev.slipway.layer.LayerException if the archive is malformed or leaves its root
   */
  static ReceivedContext read(InputStream stream, Path directory, long maxBytes) {
    Path spool = directory.resolve("received");
    try {
      try (OutputStream out = Files.newOutputStream(spool)) {
        byte[] buffer = new byte[64 * 1024];
        long size = 0;
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
          size += n;
          if (size > maxBytes) {
            throw new ContextException("build context is larger than " + maxBytes + " bytes");
          }
          out.write(buffer, 0, n);
        }
      }
      ReceivedContext context = of(spool, directory, maxBytes);
      if (!(context instanceof Archive) || Files.exists(uncompressed(directory))) {
        Files.delete(spool);
      }
      return context;
    } catch (IOException e) {
      throw new ContextException("cannot receive the build context: " + FileRefusal.reason(e), e);
    }
  }

  private static Path uncompressed(Path directory) {
    return directory.resolve("context.tar");
  }

  /** The same of a file that is there already, and stays for as long as the context is used. */
  static ReceivedContext of(Path file, Path directory, long maxBytes) {
    try {
      LayerReadOptions options = LayerReadOptions.archive(Origin.NONE).withMaxBytes(maxBytes);
      ChangeSet changes = ArchiveFile.read(FileContent.of(file), options, uncompressed(directory));
      if (changes != null) {
        return new Archive(treeOf(changes));
      }
      try (InputStream in = Files.newInputStream(file)) {
        return new Dockerfile(DockerfileLookup.bounded(in, "Dockerfile"));
      }
    } catch (IOException e) {
      throw new ContextException("cannot read the build context: " + FileRefusal.reason(e), e);
    }
  }

  private static FileTree treeOf(ChangeSet changes) {
    return FileTree.EMPTY.apply(changes);
  }
}
