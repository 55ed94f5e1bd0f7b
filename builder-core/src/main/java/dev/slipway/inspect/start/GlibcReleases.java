package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.start.ImageFiles.Found;
import java.nio.charset.StandardCharsets;
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

  /** What both say of themselves, since 2.33 the loader too. */
  private static final Pattern RELEASE =
      Pattern.compile("(?:GNU C Library|ld\\.so) [^\\x00\\n]*release version ([0-9.]*[0-9])");

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
    Matcher release = RELEASE.matcher(new String(constants, StandardCharsets.ISO_8859_1));
    return release.find() ? release.group(1) : null;
  }
}
