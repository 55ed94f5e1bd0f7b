package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.start.ImageFiles.Found;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether glibc's loader and its C library are of one release: they know each other's data, which
 * no version of a symbol tells.
 */
final class GlibcReleases {
  private static final int MAX_FILE = 16 << 20;

  /** The expression is tried around it only, and no further than a line is long. */
  private static final String MARK = "release version ";

  private static final int LINE = 200;

  /** What both say of themselves, since 2.33 the loader too. */
  private static final Pattern RELEASE =
      Pattern.compile("(?:GNU C Library|ld\\.so) [^\\x00\\n]*" + MARK + "([0-9.]*[0-9])");

  private GlibcReleases() {}

  /** What is wrong; null for nothing, or where it is not plain to see. */
  static @Nullable String mixed(ImageFiles files, String loader, LoadedProgram program) {
    LoadedObject library = program.byName().get("libc.so.6");
    if (program.isMusl() || library == null) {
      return null;
    }
    String own = of(files, loader);
    String other = of(files, library.path());
    return own == null || other == null || own.equals(other)
        ? null
        : "loader \""
            + loader
            + "\" is of glibc "
            + own
            + ", but \""
            + library.path()
            + "\" of glibc "
            + other;
  }

  private static @Nullable String of(ImageFiles files, String path) {
    Optional<Found> file = files.file(path);
    ElfFile elf =
        file.isPresent() && files.isAtHand(file.get().file())
            ? ImageFiles.elf(file.get().file())
            : null;
    if (elf == null) {
      return null;
    }
    byte[] constants = TextSearch.constants(file.get().file(), elf, MAX_FILE);
    for (int at = -1; (at = TextSearch.find(constants, List.of(MARK), at + 1)) >= 0; ) {
      int from = Math.max(0, at - LINE);
      int length = Math.min(constants.length - from, at - from + LINE);
      Matcher release =
          RELEASE.matcher(new String(constants, from, length, StandardCharsets.ISO_8859_1));
      if (release.find()) {
        return release.group(1);
      }
    }
    return null;
  }
}
