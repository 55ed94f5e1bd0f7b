package dev.slipway.inspect.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Symbol versions that one object asks of another: the LSB's "Symbol Versioning". */
final class SymbolVersions {
  private static final String GLIBC = "GLIBC_";

  private SymbolVersions() {}

  /**
   * Versions that a library does not have.
   *
   * @param lacking sorted
   */
  record Mismatch(LoadedObject by, String name, LoadedObject library, List<String> lacking) {
    /** glibc's files belong together, so that no single one of them can be exchanged. */
    boolean isOfGlibc() {
      return lacking.stream().anyMatch(version -> version.startsWith(GLIBC));
    }

    String message() {
      return "\""
          + by.path()
          + "\" needs "
          + String.join(", ", lacking)
          + ", which \""
          + library.path()
          + "\" does not have";
    }
  }

  static List<Mismatch> mismatches(LoadedProgram program) {
    List<Mismatch> mismatches = new ArrayList<>();
    for (LoadedObject object : program.objects()) {
      for (Map.Entry<String, Set<String>> required :
          object.elf().dynamic().requiredVersions().entrySet()) {
        LoadedObject library = program.byName().get(required.getKey());
        Set<String> defined =
            library == null ? Set.of() : library.elf().dynamic().definedVersions();
        // A library without any version serves all; the loader only warns.
        if (library != null && !defined.isEmpty()) {
          List<String> lacking = new ArrayList<>(required.getValue());
          lacking.removeAll(defined);
          if (!lacking.isEmpty()) {
            lacking.sort(null);
            mismatches.add(new Mismatch(object, required.getKey(), library, lacking));
          }
        }
      }
    }
    return mismatches;
  }

  /** The newest glibc that is asked for, by other files than its own; null if none is. */
  static @Nullable Version glibc(LoadedProgram program) {
    Version newest = null;
    for (LoadedObject object : program.objects()) {
      if (!object.isGlibc()) {
        for (Set<String> versions : object.elf().dynamic().requiredVersions().values()) {
          newest = newest(newest, versions);
        }
      }
    }
    return newest;
  }

  /** The newest of the glibc versions in a set. */
  static @Nullable Version newest(@Nullable Version least, Set<String> versions) {
    Version newest = least;
    for (String version : versions) {
      Version parsed =
          version.startsWith(GLIBC) ? Version.parse(version.substring(GLIBC.length())) : null;
      if (parsed != null && (newest == null || parsed.compareTo(newest) > 0)) {
        newest = parsed;
      }
    }
    return newest;
  }

  /** A version of glibc: {@code 2.34}. */
  record Version(int major, int minor) implements Comparable<Version> {
    /** Null for what is no number, as {@code PRIVATE}. */
    static @Nullable Version parse(String text) {
      String[] parts = text.split("\\.", -1);
      try {
        return new Version(
            Integer.parseInt(parts[0]), parts.length > 1 ? Integer.parseInt(parts[1]) : 0);
      } catch (NumberFormatException e) {
        return null;
      }
    }

    @Override
    public int compareTo(Version other) {
      return major != other.major
          ? Integer.compare(major, other.major)
          : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }
}
