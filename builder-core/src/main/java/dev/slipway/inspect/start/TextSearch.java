package dev.slipway.inspect.start;

import dev.slipway.tree.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Looks for texts in programs, as strings(1) would show them. */
final class TextSearch {
  private static final int BLOCK = 1 << 18;

  /** Programs are not larger; what is, is read to here. */
  private static final long MOST = 256L << 20;

  private TextSearch() {}

  /**
   * Whether one of the texts stands in the file.
   *
   * @param texts all with the same first character, to be quick
   */
  static boolean holds(Content content, List<String> texts) {
    List<byte[]> wanted = new ArrayList<>();
    int longest = 0;
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      wanted.add(bytes);
      longest = Math.max(longest, bytes.length);
    }
    byte[] block = new byte[BLOCK + longest];
    int kept = 0;
    try (InputStream in = content.open()) {
      for (long done = 0; done < MOST; ) {
        int count = in.readNBytes(block, kept, BLOCK);
        if (holds(block, kept + count, wanted)) {
          return true;
        }
        if (count < BLOCK) {
          return false;
        }
        done += count;
        // A text may lie across the border of two blocks.
        System.arraycopy(block, kept + count - longest, block, 0, longest);
        kept = longest;
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean holds(byte[] block, int length, List<byte[]> wanted) {
    byte first = wanted.get(0)[0];
    for (int i = 0; i < length; i++) {
      if (block[i] == first) {
        for (byte[] text : wanted) {
          if (i + text.length <= length
              && java.util.Arrays.equals(block, i, i + text.length, text, 0, text.length)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
