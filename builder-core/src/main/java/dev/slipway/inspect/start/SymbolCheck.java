package dev.slipway.inspect.start;

import dev.slipway.inspect.ElfSymbols;
import dev.slipway.inspect.start.ImageFiles.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether all symbols are there that a loader looks up at the start: musl's all of them, glibc's
 * those of objects that were linked so ({@code -z now}). Versions aside.
 */
final class SymbolCheck {
  private static final int MOST_NAMED = 5;

  private final ImageFiles files;
  private final LoadedProgram program;

  SymbolCheck(ImageFiles files, LoadedProgram program) {
    this.files = files;
    this.program = program;
  }

  /** What is wrong; null for nothing, or where not all files can be read. */
  @Nullable String problem(String interpreter) {
    List<LoadedObject> asking =
        program.objects().stream()
            .filter(object -> program.isMusl() || object.elf().dynamic().bindsNow())
            .toList();
    if (asking.isEmpty()) {
      return null;
    }
    Set<String> defined = new HashSet<>();
    if (!addDefined(interpreter, defined)) {
      return null;
    }
    for (LoadedObject object : program.objects()) {
      if (!addDefined(object.path(), defined)) {
        return null;
      }
    }
    for (LoadedObject object : asking) {
      ElfSymbols symbols = symbols(object.path());
      Set<String> lacking = new TreeSet<>(symbols == null ? Set.of() : symbols.required());
      lacking.removeAll(defined);
      if (!lacking.isEmpty()) {
        return message(object.path(), lacking);
      }
    }
    return null;
  }

  private static String message(String path, Set<String> lacking) {
    List<String> named = lacking.stream().limit(MOST_NAMED).toList();
    int others = lacking.size() - named.size();
    return "\""
        + path
        + "\" needs the symbol"
        + (lacking.size() > 1 ? "s " : " ")
        + String.join(", ", named)
        + (others > 0 ? " and " + others + " more" : "")
        + ", which no library that is loaded with it has";
  }

  private boolean addDefined(String path, Set<String> defined) {
    ElfSymbols symbols = symbols(path);
    if (symbols != null) {
      symbols.addDefined(defined);
    }
    return symbols != null;
  }

  private @Nullable ElfSymbols symbols(String path) {
    Optional<Found> file = files.file(path);
    if (file.isEmpty() || !files.isAtHand(file.get().file())) {
      return null;
    }
    try (ContentBytes bytes = new ContentBytes(file.get().file().content())) {
      return ElfSymbols.read(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
