package dev.slipway.context;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * File names as the bytes the kernel gave. A {@link Path} keeps these bytes, but its text is
 * decoded in the locale's character set, which loses what does not fit; only its URI tells them
 * all.
 */
final class HostNames {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final String UNESCAPED = "-._~";

  private HostNames() {}

  /** The last component of an absolute path. */
  static byte[] nameOf(Path path) {
    String text = String.valueOf(path.getFileName());
    if (isAscii(text)) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
    byte[] whole = bytesOf(path);
    int start = whole.length;
    while (start > 0 && whole[start - 1] != '/') {
      start--;
    }
    return Arrays.copyOfRange(whole, start, whole.length);
  }

  /** The target of a symbolic link as it is written there. */
  static byte[] targetOf(Path target) {
    String text = target.toString();
    if (isAscii(text)) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
    if (target.isAbsolute()) {
      return bytesOf(target);
    }
    byte[] absolute = bytesOf(Path.of("/").resolve(target));
    return Arrays.copyOfRange(absolute, 1, absolute.length);
  }

  /** The file called {@code name} in an absolute directory. */
  static Path resolve(Path directory, byte[] name) {
    for (byte b : name) {
      if (b < 0) {
        return Path.of(URI.create(withSlash(directory.toUri().toString()) + escape(name)));
      }
    }
    return directory.resolve(new String(name, StandardCharsets.ISO_8859_1));
  }

  private static String withSlash(String uri) {
    return uri.endsWith("/") ? uri : uri + "/";
  }

  private static String escape(byte[] name) {
    StringBuilder text = new StringBuilder(name.length * 3);
    for (byte b : name) {
      if (b > 0 && (Character.isLetterOrDigit(b) || UNESCAPED.indexOf(b) >= 0)) {
        text.append((char) b);
      } else {
        text.append('%').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
      }
    }
    return text.toString();
  }

  private static byte[] bytesOf(Path absolute) {
    String escaped = absolute.toUri().getRawPath();
    byte[] bytes = new byte[escaped.length()];
    int length = 0;
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '%') {
        bytes[length++] = (byte) Integer.parseInt(escaped, i + 1, i + 3, 16);
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    // The URI of a directory ends in a slash, whether the path does or not.
    if (length > 1 && bytes[length - 1] == '/' && !absolute.toString().endsWith("/")) {
      length--;
    }
    return Arrays.copyOf(bytes, length);
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
