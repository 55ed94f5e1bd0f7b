package dev.slipway.worker;

import dev.slipway.linux.ExtendedAttributes;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.LinuxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What this user cannot make real is replaced, with the truth in an extended attribute: an owner
 * outside the id mapping by {@link #OWNER}, a device by an empty file. As long as an entry still
 * shows its substitute, the truth counts. The attributes lie on files and directories only, as the
 * kernel keeps none of this kind on links and nodes.
 */
final class Substitutes {
  /** The owner that stands for those that the mapping lacks. */
  static final int OWNER = 0;

  private static final String OWNER_NAME = "user.slipway.owner";
  private static final String DEVICE_NAME = "user.slipway.device";
  private static final String[] NONE = {};

  private Substitutes() {}

  /** Whether the attribute is one of this program's own, which no layer and no step sees. */
  static boolean isOurs(String attribute) {
    return attribute.startsWith("user.slipway.");
  }

  static void rememberOwner(byte[] path, int uid, int gid) throws LinuxException {
    remember(path, OWNER_NAME, (uid & 0xffffffffL) + ":" + (gid & 0xffffffffL));
  }

  /** The owner that the entry stands for, or null. */
  static int @Nullable [] owner(byte[] path, FileStatus status) throws IOException {
    if (status.uid() != OWNER || status.gid() != OWNER) {
      return null;
    }
    long[] numbers = numbers(path, OWNER_NAME, 2);
    return numbers == null ? null : new int[] {(int) numbers[0], (int) numbers[1]};
  }

  static void rememberDevice(byte[] path, int type, int major, int minor) throws LinuxException {
    remember(path, DEVICE_NAME, type + ":" + major + ":" + minor);
  }

  /** Type, major and minor of the device that an empty file stands for, or null. */
  static long @Nullable [] device(byte[] path, FileStatus status) throws IOException {
    boolean empty = status.type() == FileStatus.REGULAR && status.size() == 0;
    return empty ? numbers(path, DEVICE_NAME, 3) : null;
  }

  private static void remember(byte[] path, String name, String value) throws LinuxException {
    ExtendedAttributes.set(path, name, value.getBytes(StandardCharsets.US_ASCII));
  }

  /** Null where there is no such attribute, or not what was remembered: a step may write to it. */
  private static long @Nullable [] numbers(byte[] path, String name, int count) throws IOException {
    byte[] value = ExtendedAttributes.get(path, name);
    String[] parts = value == null ? NONE : new String(value, StandardCharsets.US_ASCII).split(":");
    if (parts.length != count) {
      return null;
    }
    long[] numbers = new long[count];
    try {
      for (int i = 0; i < count; i++) {
        numbers[i] = Long.parseLong(parts[i]);
      }
    } catch (NumberFormatException e) {
      return null;
    }
    return numbers;
  }
}
