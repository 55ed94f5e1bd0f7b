package dev.slipway.linux;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Extended attributes by path. Paths are relative to the calling thread's working directory, as the
 * kernel has no call with a directory; links are not followed.
 */
public final class ExtendedAttributes {
  private static final int SIZE = 64 << 10;

  private ExtendedAttributes() {}

  /** The names; empty where the file system has none. */
  public static List<String> list(byte[] path) throws LinuxException {
    long count;
    byte[] text;
    try (CallArguments arguments = CallArguments.of(path)) {
      count = Libc.call(SystemCall.LLISTXATTR, arguments.text(path), 0, 0);
    }
    if (count == 0 || count == -Errno.EOPNOTSUPP) {
      return List.of();
    }
    Libc.check(count, "list the attributes of", path);
    try (CallArguments arguments = new CallArguments(SIZE + path.length + 32L)) {
      long buffer = arguments.allocate(SIZE);
      count = Libc.call(SystemCall.LLISTXATTR, arguments.text(path), buffer, SIZE);
      Libc.check(count, "list the attributes of", path);
      text = new Pointer(buffer).getByteArray(0, (int) count);
    }
    List<String> names = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == 0) {
        names.add(new String(text, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    return names;
  }

  /** The value, or null where there is no such attribute. */
  public static byte @Nullable [] get(byte[] path, String name) throws LinuxException {
    try (CallArguments arguments =
        new CallArguments(SIZE + path.length + 4L * name.length() + 64)) {
      long buffer = arguments.allocate(SIZE);
      long result =
          Libc.call(SystemCall.LGETXATTR, arguments.text(path), arguments.text(name), buffer, SIZE);
      if (result == -Errno.ENODATA || result == -Errno.EOPNOTSUPP) {
        return null;
      }
      Libc.check(result, "read the attribute '" + name + "' of", path);
      return new Pointer(buffer).getByteArray(0, (int) result);
    }
  }

  public static void set(byte[] path, String name, byte[] value) throws LinuxException {
    try (CallArguments arguments =
        new CallArguments(value.length + path.length + 4L * name.length() + 64)) {
      long buffer = arguments.allocate(Math.max(value.length, 1));
      new Pointer(buffer).write(0, value, 0, value.length);
      long result =
          Libc.call(
              SystemCall.LSETXATTR,
              arguments.text(path),
              arguments.text(name),
              buffer,
              value.length,
              0);
      Libc.check(result, "set the attribute '" + name + "' of", path);
    }
  }

  public static void remove(byte[] path, String name) throws LinuxException {
    try (CallArguments arguments = new CallArguments(path.length + 4L * name.length() + 64)) {
      long result = Libc.call(SystemCall.LREMOVEXATTR, arguments.text(path), arguments.text(name));
      Libc.check(result, "remove the attribute '" + name + "' of", path);
    }
  }
}
