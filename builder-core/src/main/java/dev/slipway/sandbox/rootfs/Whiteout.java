package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.ExtendedAttributes;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import java.nio.charset.StandardCharsets;

/**
 * How a layer directory says that a name of the layers below is gone: by a 0:0 character device or,
 * where the directory itself lies on an overlay, which refuses such devices, by an empty file with
 * an attribute (since Linux 6.7).
 */
public final class Whiteout {
  private static final String ATTRIBUTE = "user.overlay.whiteout";
  private static final String OPAQUE = "user.overlay.opaque";
  private static final byte[] YES = {'y'};

  /** On a directory with whiteouts of the second kind: the kernel looks for them nowhere else. */
  private static final byte[] HOLDS_WHITEOUTS = {'x'};

  private Whiteout() {}

  /** Makes one in an opened directory. */
  public static void make(int directory, byte[] name) throws LinuxException {
    try {
      Inodes.makeNode(directory, name, FileStatus.CHARACTER, 0, 0);
    } catch (LinuxException e) {
      if (e.errno() != Errno.EPERM) {
        throw e;
      }
      int flags = Descriptors.CREATE | Descriptors.EXCLUSIVE | Descriptors.WRITE;
      Descriptors.close(Descriptors.open(directory, name, flags, 0600));
      ExtendedAttributes.set(below(directory, name), ATTRIBUTE, YES);
      byte[] self = below(directory, new byte[] {'.'});
      if (ExtendedAttributes.get(self, OPAQUE) == null) {
        ExtendedAttributes.set(self, OPAQUE, HOLDS_WHITEOUTS);
      }
    }
  }

  /** Whether an entry of an opened directory is one. */
  public static boolean is(int directory, byte[] name, FileStatus status) throws LinuxException {
    if (status.isWhiteout()) {
      return true;
    }
    return status.type() == FileStatus.REGULAR
        && status.size() == 0
        && ExtendedAttributes.get(below(directory, name), ATTRIBUTE) != null;
  }

  /** Whether a directory hides all that the layers below have in it. */
  public static boolean isOpaque(int directory, byte[] name) throws LinuxException {
    byte[] value = ExtendedAttributes.get(below(directory, name), OPAQUE);
    return value != null && value.length == 1 && value[0] == YES[0];
  }

  /** Makes a directory hide all that the layers below have in it. */
  public static void makeOpaque(int directory, byte[] name) throws LinuxException {
    ExtendedAttributes.set(below(directory, name), OPAQUE, YES);
  }

  /** Whether an attribute is how layers on disk speak to each other, and no content. */
  static boolean isMark(String attribute) {
    return attribute.startsWith("user.overlay.");
  }

  private static byte[] below(int directory, byte[] name) {
    byte[] prefix = ("/proc/self/fd/" + directory + "/").getBytes(StandardCharsets.US_ASCII);
    byte[] path = new byte[prefix.length + name.length];
    System.arraycopy(prefix, 0, path, 0, prefix.length);
    System.arraycopy(name, 0, path, prefix.length, name.length);
    return path;
  }
}
