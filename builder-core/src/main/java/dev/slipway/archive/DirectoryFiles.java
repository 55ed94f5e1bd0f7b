package dev.slipway.archive;

import dev.slipway.tree.Content;
import dev.slipway.tree.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files of a directory. */
final class DirectoryFiles implements ArchiveFiles {
  private final Path directory;

  DirectoryFiles(Path directory) {
    this.directory = directory;
  }

  @Override
  public String where() {
    return directory.toString();
  }

  @Override
  public @Nullable Content find(String name) throws IOException {
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file)) {
      return null;
    }
    Path real = file.toRealPath();
    if (!real.startsWith(directory.toRealPath())) {
      throw new ArchiveException("\"" + file + "\" is a link out of the directory");
    }
    return FileContent.of(real);
  }
}
