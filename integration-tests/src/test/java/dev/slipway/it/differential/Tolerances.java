package dev.slipway.it.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
 * </pre>
 */
final class Tolerances {
  private static final String RELEASE = "=== ";
  private static final String REASON = "--- ";
  private static final String LINE = "line ";
  private static final String CASE = "case ";

  private record Tolerance(String release, String reason, Pattern lines, Pattern cases) {}

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
      } else if (line.startsWith(LINE)) {
        Pattern pattern = Pattern.compile(line.substring(LINE.length()));
        tolerances.all.add(new Tolerance(release, reason, pattern, null));
      } else if (line.startsWith(CASE)) {
        Pattern pattern = Pattern.compile(line.substring(CASE.length()));
        tolerances.all.add(new Tolerance(release, reason, null, pattern));
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
    for (Tolerance tolerance : all) {
      if (tolerance.release.equals(release)
          && tolerance.cases != null
          && tolerance.cases.matcher(each.name()).matches()) {
        return tolerance.reason;
      }
    }
    return null;
  }

  /** The lines that are compared. */
  List<String> comparable(String release, List<String> lines) {
    return lines.stream()
        .filter(
            line ->
                all.stream()
                    .noneMatch(
                        t ->
                            t.release.equals(release)
                                && t.lines != null
                                && t.lines.matcher(line).matches()))
        .toList();
  }
}
