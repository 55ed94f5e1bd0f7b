package dev.slipway.diagnostic;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a system's refusal to read or write is called. The JDK's own messages are often nothing but
 * the file's name, which the reader knows already.
 */
public final class FileRefusal {
  private FileRefusal() {}

  /** Why, without a full stop. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException missing) {
      return "\"" + missing.getFile() + "\" does not exist";
    }
    if (e instanceof NotDirectoryException file) {
      return "\"" + file.getFile() + "\" is not a directory";
    }
    if (e instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Whether there was no room left on the disk. */
  public static boolean isDiskFull(IOException e) {
    return reason(e).toLowerCase(Locale.ROOT).contains("no space left");
  }

  /**
   * What to do about it.
   *
   * @param whereDenied the advice where there is no permission
   */
  public static @Nullable String hint(IOException e, @Nullable String whereDenied) {
    if (isDiskFull(e)) {
      return "free some space, or write elsewhere";
    }
    return e instanceof AccessDeniedException ? whereDenied : null;
  }
}
