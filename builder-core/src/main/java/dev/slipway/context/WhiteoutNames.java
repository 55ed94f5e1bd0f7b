package dev.slipway.context;

import java.util.Arrays;

/** Names that mean a deletion once they are in a layer, so that no context may bring them in. */
final class WhiteoutNames {
  private static final byte[] PREFIX = {'.', 'w', 'h', '.'};

  private WhiteoutNames() {}

  static boolean isWhiteout(byte[] name) {
    return name.length >= PREFIX.length
        && Arrays.equals(name, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
  }

  static ContextException refused(String path) {
    return new ContextException(
        "\"" + path + "\" cannot be copied: in an image layer a name with .wh. means a deletion",
        "rename it, or add it to .dockerignore",
        null);
  }
}
