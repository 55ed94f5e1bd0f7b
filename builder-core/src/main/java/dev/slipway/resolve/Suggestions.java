package dev.slipway.resolve;

import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant. */
final class Suggestions {
  private static final int MAX_DISTANCE = 3;

  private Suggestions() {}

  /** {@code did you mean 'x'?}, or null where nothing is near. */
  static @Nullable String hint(String written, Iterable<String> known) {
    String best = null;
    int bestDistance = MAX_DISTANCE + 1;
    for (String candidate : known) {
      int distance = distance(written.toLowerCase(java.util.Locale.ROOT), candidate);
      if (distance < bestDistance && distance < Math.max(2, candidate.length())) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best == null ? null : "did you mean '" + best + "'?";
  }

  /** Levenshtein's distance. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int substituted = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
