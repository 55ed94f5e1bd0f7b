package dev.slipway.inspect.account;

import dev.slipway.inspect.ElfDynamic;
import dev.slipway.inspect.account.VisibleFiles.Body;
import dev.slipway.inspect.account.VisibleFiles.Name;
import dev.slipway.tree.TreePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Libraries in library directories that no other ELF file needs, neither by itself nor through
 * another library. Plug-ins, which lie in directories of their own or have no soname, are taken for
 * used, and so is what they need.
 */
final class UnusedLibraries {
  /** What the C library loads by name when it is needed. */
  private static final List<String> LOADED_BY_NAME =
      List.of("libnss_", "libgcc_s.", "libc.", "libpthread.", "libdl.", "librt.", "libm.", "ld-");

  /** Directories that loaders look into, below the root or {@code /usr}. */
  private static final Pattern SEARCHED =
      Pattern.compile("/(local/)?lib(64|32|x32)?(/[a-z0-9_]+-linux-[a-z0-9]+)?");

  private UnusedLibraries() {}

  static void find(Map<TreePath, Name> names, BiConsumer<TreePath, Body> unused) {
    Map<String, ElfDynamic> libraries = new HashMap<>();
    Map<TreePath, Body> candidates = new HashMap<>();
    Deque<String> needed = new ArrayDeque<>();
    for (Map.Entry<TreePath, Name> entry : names.entrySet()) {
      Body body = entry.getValue().body();
      ElfDynamic elf = elf(body);
      if (body == null || elf == null) {
        continue;
      }
      libraries.putIfAbsent(entry.getKey().nameText(), elf);
      if (!elf.soname().isEmpty()) {
        libraries.putIfAbsent(elf.soname(), elf);
      }
      if (isLibrary(entry.getKey(), elf)) {
        candidates.put(entry.getKey(), body);
      } else {
        needed.addAll(elf.needed());
      }
    }
    if (needed.isEmpty()) {
      return; // A base without a program of its own: all of its libraries are for others.
    }
    Set<String> reached = reached(needed, libraries);
    List<TreePath> paths = new ArrayList<>(candidates.keySet());
    paths.sort(null);
    for (TreePath path : paths) {
      Body body = candidates.get(path);
      ElfDynamic elf = elf(body);
      if (body != null
          && elf != null
          && !reached.contains(elf.soname())
          && !reached.contains(path.nameText())) {
        unused.accept(path, body);
      }
    }
  }

  private static @Nullable ElfDynamic elf(@Nullable Body body) {
    return body == null || body.member.facts() == null ? null : body.member.facts().elf();
  }

  private static Set<String> reached(Deque<String> needed, Map<String, ElfDynamic> libraries) {
    Set<String> reached = new HashSet<>();
    while (!needed.isEmpty()) {
      String name = needed.remove();
      String file = name.substring(name.lastIndexOf('/') + 1);
      if (reached.add(file)) {
        ElfDynamic library = libraries.get(file);
        if (library != null) {
          reached.add(library.soname());
          needed.addAll(library.needed());
        }
      }
    }
    return reached;
  }

  private static boolean isLibrary(TreePath path, ElfDynamic elf) {
    if (elf.soname().isEmpty()) {
      return false;
    }
    for (String prefix : LOADED_BY_NAME) {
      if (elf.soname().startsWith(prefix)) {
        return false;
      }
    }
    String directory = path.parent().toString();
    String relative = directory.startsWith("/usr") ? directory.substring(4) : directory;
    return SEARCHED.matcher(relative).matches();
  }
}
