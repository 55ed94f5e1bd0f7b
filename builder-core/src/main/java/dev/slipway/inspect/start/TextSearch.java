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
    return holds(constants(program, elf, MOST), texts);
  }

  /**
   * Looks at one byte in as many as the shortest text has, and closer only where that byte may be
   * of a text: the JVM that does so is young, and each byte would cost it as much as a hundred
   * later.
   */
  static boolean holds(byte[] constants, List<String> texts) {
    List<byte[]> wanted = new ArrayList<>();
    int stride = Integer.MAX_VALUE;
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      wanted.add(bytes);
      stride = Math.min(stride, bytes.length);
    }
    boolean[] begins = new boolean[256];
    for (byte[] text : wanted) {
      for (int i = 0; i < stride; i++) {
        begins[text[i] & 0xff] = true;
      }
    }
    for (int i = stride - 1; i < constants.length; i += stride) {
      if (begins[constants[i] & 0xff] && isNear(constants, i - stride + 1, i, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNear(byte[] bytes, int from, int to, List<byte[]> wanted) {
    for (int at = from; at <= to; at++) {
      for (byte[] text : wanted) {
        if (isAt(bytes, at, text)) {
          return true;
        }
      }
    }
    return false;
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
