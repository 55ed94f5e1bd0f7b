package dev.slipway.layer;

import dev.slipway.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The names by which a layer says that something is gone. Image-spec, layer.md, "Whiteouts". */
public final class WhiteoutNames {
  private static final byte[] PREFIX = ".wh.".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] OPAQUE = ".wh..wh..opq".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] BOOKKEEPING = ".wh..wh.".getBytes(StandardCharsets.ISO_8859_1);

  private WhiteoutNames() {}

  static boolean occursIn(TreePath path) {
    List<byte[]> components = path.components();
    for (int i = components.size() - 1; i >= 0; i--) {
      if (startsWith(components.get(i), PREFIX)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it means a deletion, or that a directory is new. */
  public static boolean isWhiteout(byte[] name) {
    return startsWith(name, PREFIX);
  }

  static boolean isOpaqueMark(TreePath path) {
    return Arrays.equals(path.name(), OPAQUE) && !occursIn(path.parent());
  }

  /** What aufs left in old layers: of no meaning to anybody. */
  static boolean isBookkeeping(TreePath path) {
    for (byte[] name : path.components()) {
      if (startsWith(name, BOOKKEEPING) && !Arrays.equals(name, OPAQUE)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What a whiteout is of.
   *
   * @throws LayerException if that can be no file
   */
  static TreePath hidden(TreePath whiteout) {
    byte[] name = whiteout.name();
    TreePath parent = whiteout.parent();
    if (!startsWith(name, PREFIX)
        || Arrays.equals(name, OPAQUE)
        || !TreePath.isName(suffix(name))
        || occursIn(parent)) {
      throw new LayerException("malformed whiteout \"" + whiteout + "\"");
    }
    return parent.child(suffix(name));
  }

  private static byte[] suffix(byte[] name) {
    return Arrays.copyOfRange(name, PREFIX.length, name.length);
  }

  static TreePath whiteoutOf(TreePath path) {
    byte[] name = path.name();
    byte[] whiteout = Arrays.copyOf(PREFIX, PREFIX.length + name.length);
    System.arraycopy(name, 0, whiteout, PREFIX.length, name.length);
    return path.parent().child(whiteout);
  }

  static TreePath opaqueMarkIn(TreePath directory) {
    return directory.child(OPAQUE);
  }

  private static boolean startsWith(byte[] name, byte[] prefix) {
    return name.length >= prefix.length
        && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
  }
}
