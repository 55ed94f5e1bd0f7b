package dev.slipway.inspect;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ELF file, as far as is needed to load it.
 *
 * @param entry the address where it starts; 0 for none
 * @param interpreter the program that loads it, or null
 * @param constants where the data are that it never changes, its texts among them
 */
public record ElfFile(
    ElfTarget target,
    Type type,
    long entry,
    @Nullable String interpreter,
    ElfDynamic dynamic,
    List<Range> constants) {
  public ElfFile {
    constants = List.copyOf(constants);
  }

  /** A part of a file. */
  public record Range(long offset, long size) {}

  /** {@code e_type}. */
  public enum Type {
    /** At a fixed address. */
    EXECUTABLE,
    /** At any address: a library, or a program. */
    SHARED,
    /** An object file, a core dump, or something else that is never executed. */
    OTHER
  }

  /**
   * Reads headers, dynamic section and symbol versions; never the whole file.
   *
   * @return null if it is no ELF file, or a broken one
   */
  public static @Nullable ElfFile read(FileBytes file) throws IOException {
    try {
      return new ElfReader(file).read();
    } catch (ElfReader.MalformedElfException e) {
      return null;
    }
  }

  /** Stands for a library that cannot be read: one that needs nothing and serves all. */
  public static ElfFile assumed(ElfTarget target) {
    return new ElfFile(target, Type.SHARED, 0, null, ElfDynamic.NONE, List.of());
  }

  /** Whether a file that starts with these bytes claims to be one. */
  public static boolean isElf(byte[] start) {
    return start.length >= 4
        && start[0] == 0x7f
        && start[1] == 'E'
        && start[2] == 'L'
        && start[3] == 'F';
  }
}
