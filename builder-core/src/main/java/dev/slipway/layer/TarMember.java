package dev.slipway.layer;

import dev.slipway.tree.Metadata;

/**
 * One member of an archive, its extended headers applied.
 *
 * @param type the type flag, with old forms of regular files and directories made plain
 * @param size of the body, in bytes; 0 where the type has none
 */
record TarMember(
    byte type,
    byte[] name,
    byte[] linkName,
    long size,
    Metadata metadata,
    int deviceMajor,
    int deviceMinor) {
  static final byte FILE = '0';
  static final byte HARD_LINK = '1';
  static final byte SYMLINK = '2';
  static final byte CHARACTER_DEVICE = '3';
  static final byte BLOCK_DEVICE = '4';
  static final byte DIRECTORY = '5';
  static final byte FIFO = '6';
  static final byte CONTIGUOUS_FILE = '7';
  static final byte PAX = 'x';
  static final byte PAX_GLOBAL = 'g';
  static final byte GNU_LONG_NAME = 'L';
  static final byte GNU_LONG_LINK = 'K';
  static final byte GNU_SPARSE = 'S';
}
