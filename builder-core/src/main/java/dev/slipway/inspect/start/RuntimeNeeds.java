package dev.slipway.inspect.start;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the command of an image needs of the image's base.
 *
 * @param glibc the oldest glibc that does, as {@code 2.34}; null where none is named
 * @param libraries by name; those of the C library itself are not among them
 * @param shell whether it is started by a shell, or is a script of one
 * @param runtimes interpreters of other languages, as {@code python3}
 * @param certificates whether it speaks TLS, and so wants to know whom to trust
 * @param timeZones whether it is told a time zone by name
 */
public record RuntimeNeeds(
    CLibrary cLibrary,
    @Nullable String glibc,
    Set<String> libraries,
    boolean shell,
    Set<String> runtimes,
    boolean certificates,
    boolean timeZones) {
  public RuntimeNeeds {
    libraries = Collections.unmodifiableSet(new TreeSet<>(libraries));
    runtimes = Collections.unmodifiableSet(new TreeSet<>(runtimes));
  }

  /** For people: {@code glibc 2.34, libcurl.so.4, a shell}; {@code nothing} for nothing. */
  public String describe() {
    List<String> words = new ArrayList<>(runtimes);
    if (cLibrary == CLibrary.GLIBC) {
      words.add(glibc == null ? "glibc" : "glibc " + glibc);
    } else if (cLibrary == CLibrary.MUSL) {
      words.add("musl");
    }
    words.addAll(libraries);
    if (shell) {
      words.add("a shell");
    }
    if (certificates) {
      words.add("CA certificates");
    }
    if (timeZones) {
      words.add("time zones");
    }
    return words.isEmpty() ? "nothing" : String.join(", ", words);
  }
}
