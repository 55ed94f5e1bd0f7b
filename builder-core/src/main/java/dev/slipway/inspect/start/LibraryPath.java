package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.tree.Directory;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the loader of an image looks for libraries that no file names a directory for. */
final class LibraryPath {
  private static final int MAX_LOADER = 8 << 20;
  private static final List<String> USUAL = List.of("/lib64", "/usr/lib64", "/lib", "/usr/lib");
  private static final List<String> LEVELS =
      List.of("glibc-hwcaps/x86-64-v4", "glibc-hwcaps/x86-64-v3", "glibc-hwcaps/x86-64-v2");
  private static final String MUSL_LOADER = "ld-musl-";
  private static final List<String> MUSL = List.of("/lib", "/usr/local/lib", "/usr/lib");

  private final boolean musl;
  private final List<String> directories;
  private final Map<String, List<String>> cache;
  private final List<String> inner;

  private LibraryPath(boolean musl, List<String> directories, Map<String, List<String>> cache) {
    this(musl, directories, cache, List.of());
  }

  /**
   * @param inner directories inside of each that is searched, which come before it
   */
  private LibraryPath(
      boolean musl, List<String> directories, Map<String, List<String>> cache, List<String> inner) {
    this.inner = inner;
    this.musl = musl;
    this.directories = directories;
    this.cache = cache;
  }

  /**
   * @param interpreter the loader as the program names it
   * @param loader the loader itself
   * @param elf the same, read
   */
  static LibraryPath of(String interpreter, Found loader, ElfFile elf, Inspection inspection) {
    ImageFiles files = inspection.libraries();
    String name = interpreter.substring(interpreter.lastIndexOf('/') + 1);
    String real = loader.path().nameText();
    // By a link musl's loader is also called as glibc's: Alpine's libc6-compat.
    if (name.startsWith(MUSL_LOADER)
        || real.startsWith(MUSL_LOADER)
        || elf.dynamic().soname().startsWith("libc.musl-")) {
      return new LibraryPath(
          true,
          muslDirectories(interpreter, real.startsWith(MUSL_LOADER) ? real : name, files),
          Map.of());
    }
    if (!files.isAtHand(loader.file())) {
      return new LibraryPath(
          false, likely(loader.path(), inspection.tree().build()), Map.of(), LEVELS);
    }
    byte[] constants = TextSearch.constants(loader.file(), elf, MAX_LOADER);
    if (new String(constants, StandardCharsets.ISO_8859_1).contains("/" + MUSL_LOADER)) {
      // One that hands on to musl's: gcompat.
      return new LibraryPath(true, MUSL, Map.of());
    }
    List<String> own = builtInDirectories(constants);
    return new LibraryPath(false, own.isEmpty() ? USUAL : own, cache(files), inner(constants, elf));
  }

  /**
   * Of newer machines those for libraries that need one: that it is such a machine has to be
   * assumed of who put them there alone. Before 2.37 glibc had others, which need none.
   */
  private static List<String> inner(byte[] loader, ElfFile elf) {
    if (elf.target().machine() != ElfTarget.X86_64) {
      return List.of();
    }
    List<String> inner = new ArrayList<>(LEVELS);
    if (TextSearch.find(loader, List.of("\0tls\0"), 0) >= 0) {
      inner.addAll(List.of("tls/x86_64", "tls", "x86_64"));
    }
    return inner;
  }

  /** Every library directory that there is: which of them the loader knows is not known. */
  private static List<String> likely(TreePath loader, FileTree tree) {
    List<String> directories = new ArrayList<>(List.of(loader.parent().toString()));
    directories.addAll(USUAL);
    directories.add("/usr/local/lib");
    for (String parent : new String[] {"/lib", "/usr/lib", "/usr/local/lib"}) {
      if (tree.resolve(TreePath.of(parent), FollowLast.YES).found()
          instanceof Directory directory) {
        for (int i = 0; i < directory.size(); i++) {
          if (directory.childAt(i) instanceof Directory) {
            directories.add(parent + "/" + new String(directory.nameAt(i), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return directories;
  }

  /** The directories that are searched for one, in order. */
  List<String> within(String directory) {
    List<String> all = new ArrayList<>();
    inner.forEach(each -> all.add(directory + "/" + each));
    all.add(directory);
    return all;
  }

  /** The directories built into the loader. */
  List<String> builtIn() {
    return directories;
  }

  boolean isMusl() {
    return musl;
  }

  /**
   * What {@code ldconfig} noted: the paths of a library, the best first.
   *
   * @param by who asks for it
   */
  List<String> cached(String library, ElfFile by) {
    List<String> paths = cache.getOrDefault(library, List.of());
    if (!by.dynamic().noDefaultDirectories()) {
      return paths;
    }
    List<String> others = new ArrayList<>(paths);
    others.removeIf(path -> directories.contains(path.substring(0, path.lastIndexOf('/'))));
    return others;
  }

  /** The directories that the loader looks into for what {@code by} needs, {@code by} aside. */
  List<String> directories(ElfFile by) {
    return by.dynamic().noDefaultDirectories() ? List.of() : directories;
  }

  /**
   * musl: {@code /etc/ld-musl-ARCH.path} in place of its defaults, beside the directory that the
   * loader lies in.
   */
  private static List<String> muslDirectories(String interpreter, String name, ImageFiles files) {
    TreePath loader = TreePath.of(interpreter);
    int end = name.indexOf(".so");
    TreePath own = loader.parent();
    String prefix = own.isRoot() ? "" : own.parent().toString();
    String file =
        (prefix.equals("/") ? "" : prefix)
            + "/etc/"
            + (end < 0 ? name : name.substring(0, end))
            + ".path";
    return files
        .file(file)
        .filter(found -> files.isAtHand(found.file()))
        .map(
            found -> {
              List<String> directories = new ArrayList<>();
              String text =
                  new String(ImageFiles.start(found.file(), 1 << 16), StandardCharsets.UTF_8);
              for (String directory : text.split("[:\n]", -1)) {
                if (!directory.isEmpty()) {
                  directories.add(directory);
                }
              }
              return directories;
            })
        .orElse(MUSL);
  }

  /**
   * glibc's loader has its directories built in, one after the other with a slash and a NUL at
   * their ends; each distribution has others.
   */
  private static List<String> builtInDirectories(byte[] loader) {
    List<String> directories = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < loader.length; i++) {
      if (loader[i] == 0) {
        boolean directory =
            i - start > 4 && i - start < 200 && loader[start] == '/' && loader[i - 1] == '/';
        if (directory) {
          String text = new String(loader, start, i - 1 - start, StandardCharsets.UTF_8);
          if (text.contains("lib") && !directories.contains(text)) {
            directories.add(text);
          }
        }
        start = i + 1;
      }
    }
    return directories;
  }

  private static Map<String, List<String>> cache(ImageFiles files) {
    Found found = files.file("/etc/ld.so.cache").orElse(null);
    if (found == null
        || !files.isAtHand(found.file())
        || !files.identity().mayRead(found.file().metadata())) {
      return Map.of();
    }
    return LdSoCache.read(ImageFiles.start(found.file(), LdSoCache.MAX_SIZE));
  }

  /** {@code $ORIGIN} and its kin in a directory of an object; null where it cannot be known. */
  @Nullable String expand(String directory, String origin, ElfFile elf) {
    String expanded = directory.replace("$ORIGIN", origin).replace("${ORIGIN}", origin);
    // A distribution's "lib64" or "lib/x86_64-linux-gnu" is where its loader looks first.
    String lib = directories.isEmpty() ? "lib" : directories.get(0).substring(1);
    expanded = expanded.replace("$LIB", lib).replace("${LIB}", lib);
    String architecture =
        switch (elf.target().architecture()) {
          case "amd64" -> "x86_64";
          case "arm64" -> "aarch64";
          default -> elf.target().architecture();
        };
    expanded = expanded.replace("$PLATFORM", architecture).replace("${PLATFORM}", architecture);
    return expanded.contains("$") ? null : expanded;
  }
}
