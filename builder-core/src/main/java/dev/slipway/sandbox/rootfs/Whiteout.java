package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.ExtendedAttributes;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.LayerStack;
import java.util.List;

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
      ExtendedAttributes.set(PathBytes.below(directory, name), ATTRIBUTE, YES);
      byte[] self = PathBytes.below(directory, new byte[] {'.'});
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
        && ExtendedAttributes.get(PathBytes.below(directory, name), ATTRIBUTE) != null;
  }

  /** Whether a directory hides all that the layers below have in it. */
  public static boolean isOpaque(int directory, byte[] name) throws LinuxException {
    byte[] value = ExtendedAttributes.get(PathBytes.below(directory, name), OPAQUE);
    return value != null && value.length == 1 && value[0] == YES[0];
  }

  /**
   * The layers of a stack down to the first whose root hides all that is below: on the root of a
   * layer an overlay does not heed the mark.
   */
  public static List<String> shown(LayerStack stack) throws LinuxException {
    List<String> names = stack.names();
    for (int i = 0; i < names.size(); i++) {
      byte[] layer = PathBytes.of(stack.folder().resolve(names.get(i)));
      if (isOpaque(Descriptors.WORKING_DIRECTORY, layer)) {
        return names.subList(0, i + 1);
      }
    }
    return names;
  }

  /** Makes a directory hide all that the layers below have in it. */
  public static void makeOpaque(int directory, byte[] name) throws LinuxException {
    ExtendedAttributes.set(PathBytes.below(directory, name), OPAQUE, YES);
  }

  /** Whether an attribute is how layers on disk speak to each other, and no content. */
  static boolean isMark(String attribute) {
    return attribute.startsWith("user.overlay.");
  }
}
