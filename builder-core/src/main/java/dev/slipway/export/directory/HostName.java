package dev.slipway.export.directory;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Paths on this machine from names that are bytes: text would go through the locale's character
 * set, which not every name fits. Only a URI takes any byte.
 */
final class HostName {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private HostName() {}

  /**
   * The file called {@code name}, one component, in an absolute directory.
   *
   * @throws IOException if this machine takes it for more than a name, as Windows does with {@code
   *     ..\x}
   */
  static Path resolve(Path directory, byte[] name) throws IOException {
    Path file = child(directory, name);
    if (!directory.equals(file.getParent())) {
      throw new IOException(
          "\"" + new String(name, StandardCharsets.UTF_8) + "\" cannot be a file's name here");
    }
    return file;
  }

  private static Path child(Path directory, byte[] name) {
    String text = ascii(name);
    if (text != null) {
      return directory.resolve(text);
    }
    String parent = directory.toUri().toString();
    return Path.of(URI.create((parent.endsWith("/") ? parent : parent + "/") + escape(name)));
  }

  /** The target of a symbolic link, as it is written. */
  static Path target(byte[] target) {
    String text = ascii(target);
    if (text != null) {
      return Path.of(text);
    }
    boolean absolute = target[0] == '/';
    Path path = Path.of(URI.create("file:///" + escape(target)));
    return absolute ? path : path.subpath(0, path.getNameCount());
  }

  private static @Nullable String ascii(byte[] name) {
    StringBuilder text = new StringBuilder(name.length);
    for (byte b : name) {
      if (b < 0) {
        return null;
      }
      text.append((char) b);
    }
    return text.toString();
  }

  private static String escape(byte[] name) {
    StringBuilder text = new StringBuilder(name.length * 3);
    for (byte b : name) {
      if (b == '/') {
        text.append('/');
      } else {
        text.append('%').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
      }
    }
    return text.toString();
  }
}
