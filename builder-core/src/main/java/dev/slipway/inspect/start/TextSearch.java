package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.tree.RegularFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks for texts in programs, as strings(1) would show them. */
final class TextSearch {
  /** No program has as many texts; what lies behind is not looked at. */
  private static final int MOST = 64 << 20;

  private TextSearch() {}

  /** Whether one of the texts, none of them empty, stands in the program. */
  static boolean holds(RegularFile program, ElfFile elf, List<String> texts) {
    return find(constants(program, elf, MOST), texts, 0) >= 0;
  }

  /**
   * Searches as Horspool does, for all texts at once: by the last byte of a window as long as the
   * shortest text, which tells how far the next text is at least. The JVM that does so is young,
   * and to look at each byte would cost it as much as a hundred later.
   *
   * @return where the first of them stands, not before {@code from}; -1 for none
   */
  static int find(byte[] constants, List<String> texts, int from) {
    List<byte[]> wanted = new ArrayList<>();
    int window = Integer.MAX_VALUE;
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      wanted.add(bytes);
      window = Math.min(window, bytes.length);
    }
    int[] shifts = shifts(wanted, window);
    for (int end = from + window - 1; end < constants.length; ) {
      int shift = shifts[constants[end] & 0xff];
      if (shift == 0) {
        for (byte[] text : wanted) {
          if (isAt(constants, end - window + 1, text)) {
            return end - window + 1;
          }
        }
        shift = 1;
      }
      end += shift;
    }
    return -1;
  }

  /** For each byte, how far behind it the first {@code window} bytes of a text can end. */
  private static int[] shifts(List<byte[]> texts, int window) {
    int[] shifts = new int[256];
    Arrays.fill(shifts, window);
    for (byte[] text : texts) {
      for (int i = 0; i < window; i++) {
        int at = text[i] & 0xff;
        shifts[at] = Math.min(shifts[at], window - 1 - i);
      }
    }
    return shifts;
  }

  private static boolean isAt(byte[] bytes, int at, byte[] text) {
    return bytes[at] == text[0]
        && text.length <= bytes.length - at
        && Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
  }

  /** What a program keeps its texts in, up to a limit, with a NUL between the parts. */
  static byte[] constants(RegularFile program, ElfFile elf, int most) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ContentBytes bytes = new ContentBytes(program.content())) {
      for (ElfFile.Range range : elf.constants()) {
        int length = (int) Math.min(Math.max(0, range.size()), most - out.size());
        out.writeBytes(bytes.read(range.offset(), length));
        out.write(0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
