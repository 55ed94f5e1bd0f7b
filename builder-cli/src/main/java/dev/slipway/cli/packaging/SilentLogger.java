package dev.slipway.cli.packaging;

import org.jspecify.annotations.Nullable;

/**
 * What JNA in the program's jar logs with in the place of a {@code java.util.logging.Logger}, with
 * the methods of it that JNA calls: nothing is logged.
 */
public final class SilentLogger {
  private static final SilentLogger INSTANCE = new SilentLogger();

  private SilentLogger() {}

  /** One for all names. */
  public static SilentLogger getLogger(String name) {
    return INSTANCE;
  }

  public boolean isLoggable(Level level) {
    return false;
  }

  public void log(Level level, String message) {}

  public void log(Level level, String message, @Nullable Object parameter) {}

  public void log(Level level, String message, Object @Nullable [] parameters) {}

  public void log(Level level, String message, @Nullable Throwable thrown) {}

  /** In the place of {@code java.util.logging.Level}. */
  public static final class Level {
    public static final Level FINE = new Level();
    public static final Level INFO = new Level();
    public static final Level WARNING = new Level();
    public static final Level SEVERE = new Level();

    private Level() {}
  }
}
