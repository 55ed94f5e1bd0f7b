package dev.slipway.resolve;

import dev.slipway.diagnostic.SourceSpan;
import java.util.regex.Pattern;

/** Paths of images for Windows, as instructions say them: {@code C:\\app}, {@code c:/app}. */
final class WindowsPaths {
  private static final Pattern SYSTEM_DRIVE = Pattern.compile("[Cc]:.+", Pattern.DOTALL);

  private WindowsPaths() {}

  /**
   * The path as it stands in a layer, with slashes and without its drive.
   *
   * @throws ResolveException where it is on another drive or on another machine, or is a drive only
   */
  static String inLayer(String path, SourceSpan span) {
    String slashes = path.replace('\\', '/');
    if (slashes.startsWith("//")) {
      throw new ResolveException("'" + path + "' is on another machine", span);
    }
    if (!slashes.contains(":")) {
      return slashes;
    }
    if (!SYSTEM_DRIVE.matcher(slashes).matches()) {
      throw new ResolveException(
          "'" + path + "' is not on the system drive", span, "write C: and a path behind it");
    }
    return slashes.substring(2);
  }
}
