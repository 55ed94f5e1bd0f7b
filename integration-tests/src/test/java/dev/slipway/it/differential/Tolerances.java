package dev.slipway.it.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where other builders depart from BuildKit, class by class with the reason; read from {@code
 * tolerated} beside the cases:
 *
 * <pre>
 * === BUILDER VERSION     which releases the classes below are of
 * --- REASON
 * line REGEX              lines of any listing that are not compared
 * case REGEX              cases whose result is another
 * says REGEX              what it says of cases that it cannot build at all
 * omit REGEX              cases that it is never given
 * </pre>
 */
final class Tolerances {
  private static final String RELEASE = "=== ";
  private static final String REASON = "--- ";

  /** What a pattern is matched with. */
  private enum Kind {
    LINE,
    CASE,
    SAYS,
    OMIT
  }

  private record Tolerance(String release, String reason, Kind kind, Pattern pattern) {
    boolean isOf(String builder, Kind wanted) {
      return release.equals(builder) && kind == wanted;
    }
  }

  private final List<Tolerance> all = new ArrayList<>();
  private final List<String> releases = new ArrayList<>();

  private Tolerances() {}

  static Tolerances read(Path corpus) throws IOException {
    Tolerances tolerances = new Tolerances();
    String release = "";
    String reason = "";
    for (String line : Files.readAllLines(corpus.resolve("tolerated"))) {
      if (line.startsWith(RELEASE)) {
        release = line.substring(RELEASE.length());
        tolerances.releases.add(release);
      } else if (line.startsWith(REASON)) {
        reason = line.substring(REASON.length());
      } else if (line.matches("(line|case|says|omit) .*")) {
        Kind kind = Kind.valueOf(line.substring(0, 4).toUpperCase(Locale.ROOT));
        Pattern pattern = Pattern.compile(line.substring(5));
        tolerances.all.add(new Tolerance(release, reason, kind, pattern));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        throw new IOException("tolerated: not understood: " + line);
      }
    }
    return tolerances;
  }

  /**
   * The release that a builder is of, as {@code buildah 1.28}; null where its differences are not
   * listed, so that nothing can be told of it.
   */
  String release(Builder builder) {
    String full = builder.name() + " " + builder.version();
    return releases.stream().filter(r -> (full + ".").startsWith(r + ".")).findFirst().orElse(null);
  }

  /** Why a case's result is another one with that release, or null. */
  String reason(String release, Case each) {
    return find(release, Kind.CASE, pattern -> pattern.matcher(each.name()).matches());
  }

  /** Why that release is not to be given a case, or null. */
  String omission(String release, Case each) {
    return find(release, Kind.OMIT, pattern -> pattern.matcher(each.name()).matches());
  }

  /** Why that release cannot build what it failed to build, or null. */
  String refusal(String release, Outcome outcome) {
    return find(release, Kind.SAYS, pattern -> pattern.matcher(outcome.log()).find());
  }

  /** The lines that are compared. */
  List<String> comparable(String release, List<String> lines) {
    return lines.stream()
        .filter(
            line -> find(release, Kind.LINE, pattern -> pattern.matcher(line).matches()) == null)
        .toList();
  }

  private String find(String release, Kind kind, Predicate<Pattern> matches) {
    return all.stream()
        .filter(each -> each.isOf(release, kind) && matches.test(each.pattern()))
        .map(Tolerance::reason)
        .findFirst()
        .orElse(null);
  }
}
