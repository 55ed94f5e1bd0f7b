package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.start.ImageFiles.Found;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A dynamic loader that is told the program itself: ld.so(8).
 *
 * @param command the program and its arguments
 * @param libraryPath what counts in place of {@code LD_LIBRARY_PATH}; null for that
 */
record LoaderCommand(List<String> command, @Nullable String libraryPath) {
  private static final String LIBRARY_PATH = "--library-path";

  private static final Set<String> VALUED =
      Set.of(
          "--argv0",
          "--audit",
          "--glibc-hwcaps-mask",
          "--glibc-hwcaps-prepend",
          "--inhibit-rpath",
          LIBRARY_PATH,
          "--preload");

  private static final String LOADERS = "ld-linux.*\\.so\\.[0-9]+|ld64\\.so\\.[0-9]+|ld\\.so\\.1";

  /** Null for a command of another program, and where none is told, or only looked at. */
  static @Nullable LoaderCommand of(List<String> command, Found program, ImageFiles files) {
    if (!isLoader(program, files)) {
      return null;
    }
    String libraryPath = null;
    int at = 1;
    while (at < command.size() && command.get(at).startsWith("--")) {
      String option = command.get(at++);
      if (option.equals("--")) {
        break;
      }
      if (option.startsWith(LIBRARY_PATH + "=")) {
        libraryPath = option.substring(LIBRARY_PATH.length() + 1);
      } else if (VALUED.contains(option)) {
        boolean path = option.equals(LIBRARY_PATH) && at < command.size();
        libraryPath = path ? command.get(at) : libraryPath;
        at++;
      } else if (!option.equals("--inhibit-cache") && option.indexOf('=') < 0) {
        return null;
      }
    }
    // A name without a slash is looked for among the libraries.
    return at < command.size() && command.get(at).indexOf('/') >= 0
        ? new LoaderCommand(command.subList(at, command.size()), libraryPath)
        : null;
  }

  private static boolean isLoader(Found program, ImageFiles files) {
    String name = program.path().nameText();
    if (name.startsWith("ld-musl-")) {
      return true;
    }
    if (!name.startsWith("ld") || !files.isAtHand(program.file())) {
      return false;
    }
    ElfFile elf = ImageFiles.elf(program.file());
    return elf != null && elf.interpreter() == null && elf.dynamic().soname().matches(LOADERS);
  }
}
