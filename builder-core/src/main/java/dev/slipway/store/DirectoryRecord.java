package dev.slipway.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a record file says about the directory it stands for: a version, its short name, its size
 * and a text, a line each.
 */
record DirectoryRecord(String shortName, long size, String text) {
  private static final String VERSION = "directory 1";
  private static final int SHORT_LENGTH = 10;
  private static final int MAX_BYTES = 64 * 1024;

  /** Null if there is none, or if it is damaged. */
  static @Nullable DirectoryRecord read(Path file) throws IOException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return null;
      }
      // Not as UTF-8, which would make a damaged file an exception.
      return parse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static @Nullable DirectoryRecord parse(String text) {
    String[] lines = text.split("\n", -1);
    // The last line break is the proof that nothing was cut off.
    if (lines.length != 5
        || !lines[4].isEmpty()
        || !lines[0].equals(VERSION)
        || !isShortName(lines[1])) {
      return null;
    }
    try {
      long size = Long.parseLong(lines[2]);
      return size < 0 ? null : new DirectoryRecord(lines[1], size, lines[3]);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  ByteBuffer toBytes() {
    String content = VERSION + "\n" + shortName + "\n" + size + "\n" + text + "\n";
    return ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1));
  }

  static boolean isShortName(String text) {
    boolean valid = text.length() == SHORT_LENGTH;
    for (int i = 0; valid && i < SHORT_LENGTH; i++) {
      char c = text.charAt(i);
      valid = c >= 'a' && c <= 'z' || c >= '2' && c <= '7';
    }
    return valid;
  }

  /** The lowest 50 bits in base 32. */
  static String shortName(long bits) {
    StringBuilder name = new StringBuilder(SHORT_LENGTH);
    for (int i = 0; i < SHORT_LENGTH; i++) {
      name.append("abcdefghijklmnopqrstuvwxyz234567".charAt((int) (bits >>> (5 * i)) & 31));
    }
    return name.toString();
  }
}
