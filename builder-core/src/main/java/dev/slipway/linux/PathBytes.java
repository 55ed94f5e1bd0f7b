package dev.slipway.linux;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Names and paths as the kernel has them: bytes, which need not be text. */
public final class PathBytes {
  private static final String BY_DESCRIPTOR = "/proc/self/fd/";

  private PathBytes() {}

  public static byte[] of(Path path) {
    return of(path.toString());
  }

  public static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A name below a path; below an empty path, the name itself. */
  public static byte[] join(byte[] parent, byte[] name) {
    if (parent.length == 0) {
      return name;
    }
    byte[] joined = Arrays.copyOf(parent, parent.length + 1 + name.length);
    joined[parent.length] = '/';
    System.arraycopy(name, 0, joined, parent.length + 1, name.length);
    return joined;
  }

  /**
   * A path of a name in an opened directory, for the calls that take no descriptor.
   *
   * @param directory or {@link Descriptors#WORKING_DIRECTORY}
   */
  public static byte[] below(int directory, byte[] name) {
    return directory == Descriptors.WORKING_DIRECTORY
        ? name
        : join(of(BY_DESCRIPTOR + directory), name);
  }

  /** A name in a message; what is not UTF-8 shows as a replacement character. */
  static String forPeople(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }
}
