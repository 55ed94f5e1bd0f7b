package dev.slipway.inspect.start;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.slipway.inspect.ElfFile;
import dev.slipway.tree.RegularFile;
import java.util.ArrayList;
import java.util.List;

/** The programs that a busybox has in itself: it keeps their names one behind the other. */
final class BusyboxApplets {
  private static final int MOST = 8 << 20;
  private static final int LEAST = 5;

  private BusyboxApplets() {}

  static boolean has(RegularFile busybox, String name) {
    ElfFile elf = ImageFiles.elf(busybox);
    return elf != null && TextSearch.holds(busybox, elf, List.of(entry(name)));
  }

  /** Whether a text stands in it, as the long forms of its applets' options do. */
  static boolean mentions(RegularFile busybox, String text) {
    ElfFile elf = ImageFiles.elf(busybox);
    return elf != null && TextSearch.holds(busybox, elf, List.of(text));
  }

  /** Whether it is plain to see that there is no such applet. */
  static boolean lacks(RegularFile busybox, String name) {
    ElfFile elf = ImageFiles.elf(busybox);
    if (elf == null) {
      return false;
    }
    byte[] constants = TextSearch.constants(busybox, elf, MOST);
    List<String> run = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < constants.length; i++) {
      if (!isPartOfName(constants[i])) {
        boolean named = constants[i] == 0 && i > start;
        String each = named ? new String(constants, start, i - start, ISO_8859_1) : "";
        // The list is in order, and longer than any other that is.
        if (!named || !run.isEmpty() && run.get(run.size() - 1).compareTo(each) >= 0) {
          if (isList(run)) {
            return !run.contains(name);
          }
          run.clear();
        }
        if (named) {
          run.add(each);
        }
        start = i + 1;
      }
    }
    return isList(run) && !run.contains(name);
  }

  private static boolean isList(List<String> run) {
    return run.size() > LEAST && (run.contains("sh") || run.contains("ls") || run.contains("cat"));
  }

  private static boolean isPartOfName(byte c) {
    return c > ' ' && c < 0x7f;
  }

  private static String entry(String name) {
    return "\0" + name + "\0";
  }
}
