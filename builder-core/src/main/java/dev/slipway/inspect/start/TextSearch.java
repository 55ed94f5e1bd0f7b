package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.tree.RegularFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Looks for texts in programs, as strings(1) would show them. */
final class TextSearch {
  /** No program has as many texts; what lies behind is not looked at. */
  private static final int MOST = 64 << 20;

  private TextSearch() {}

  /** Whether one of the texts, which all begin with the same character, stands in the program. */
  static boolean holds(RegularFile program, ElfFile elf, List<String> texts) {
    byte[] constants = constants(program, elf, MOST);
    byte first = (byte) texts.get(0).charAt(0);
    for (int i = 0; i < constants.length; i++) {
      if (constants[i] == first) {
        for (String text : texts) {
          if (isAt(constants, i, text)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isAt(byte[] bytes, int at, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < wanted.length; i++) {
      if (at + i >= bytes.length || bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
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
