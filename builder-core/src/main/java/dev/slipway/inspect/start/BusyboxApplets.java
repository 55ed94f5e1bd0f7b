package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.tree.RegularFile;
import java.util.List;

/** The programs that a busybox has in itself: it keeps their names one behind the other. */
final class BusyboxApplets {
  private BusyboxApplets() {}

  static boolean has(RegularFile busybox, String name) {
    ElfFile elf = ImageFiles.elf(busybox);
    return elf != null && TextSearch.holds(busybox, elf, List.of("\0" + name + "\0"));
  }
}
