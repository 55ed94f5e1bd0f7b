package dev.slipway.export.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Makes named pipes with the program {@code mkfifo}: Java has no call for it. */
final class NamedPipes {
  private NamedPipes() {}

  /**
   * Whether one was made.
   *
   * @param path absolute; nothing is there
   * @param mode whose permissions count, without setuid and its kin
   */
  static boolean make(Path path, int mode) {
    String permissions = Integer.toOctalString(mode & 0777);
    try {
      Process program =
          new ProcessBuilder("mkfifo", "-m", permissions, path.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      program.getOutputStream().close();
      return program.waitFor() == 0 && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return false; // a machine without that program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
