package dev.slipway.tree;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Names of files on this machine as the bytes that a tree has. A {@link Path} keeps these bytes,
 * but its text is in the locale's character set, which not every name fits; only its URI tells and
 * takes them all.
 */
public final class HostNames {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final String UNESCAPED = "/-._~";

  private HostNames() {}

  /** The last component of an absolute path. */
  public static byte[] nameOf(Path path) {
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

  /** The bytes of a symbolic link's target, as it is written there. */
  public static byte[] targetOf(Path target) {
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

  /**
   * The file called {@code name} in an absolute directory, or at a path of such names below it.
   * Whether this machine takes a name for one is for the caller to look at: Windows does not take
   * {@code ..\x} so.
   */
  public static Path resolve(Path directory, byte[] name) {
    if (isAscii(name)) {
      return directory.resolve(new String(name, StandardCharsets.ISO_8859_1));
    }
    return Path.of(URI.create(withSlash(directory.toUri().toString()) + escape(name)));
  }

  /** The target of a symbolic link from its bytes; the reverse of {@link #targetOf}. */
  public static Path target(byte[] target) {
    if (isAscii(target)) {
      return Path.of(new String(target, StandardCharsets.ISO_8859_1));
    }
    Path path = Path.of(URI.create("file:///" + escape(target)));
    return target[0] == '/' ? path : path.subpath(0, path.getNameCount());
  }

  private static String withSlash(String uri) {
    return uri.endsWith("/") ? uri : uri + "/";
  }

  private static String escape(byte[] path) {
    StringBuilder text = new StringBuilder(path.length * 3);
    for (byte b : path) {
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

  private static boolean isAscii(byte[] name) {
    for (byte b : name) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  public static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
