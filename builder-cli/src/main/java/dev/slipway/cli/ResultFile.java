package dev.slipway.cli;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.FileRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that an option of the command line names, for what came of the command. */
final class ResultFile {
  private ResultFile() {}

  /**
   * @throws BuildException if it cannot be written, with the reason
   */
  static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new BuildException("cannot write \"" + file + "\": " + FileRefusal.reason(e), e);
    }
  }

  /** As {@link #write(Path, byte[])}, in UTF-8. */
  static void write(Path file, String content) {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }
}
