package dev.slipway.worker;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Paths as the kernel has them. */
final class Paths {
  private Paths() {}

  static byte[] bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] join(byte[] parent, byte[] name) {
    if (parent.length == 0) {
      return name;
    }
    byte[] joined = new byte[parent.length + 1 + name.length];
    System.arraycopy(parent, 0, joined, 0, parent.length);
    joined[parent.length] = '/';
    System.arraycopy(name, 0, joined, parent.length + 1, name.length);
    return joined;
  }

  /** A name in an opened directory, for calls that take no descriptor. */
  static byte[] below(int directory, byte[] name) {
    return join(bytes("/proc/self/fd/" + directory), name);
  }
}
