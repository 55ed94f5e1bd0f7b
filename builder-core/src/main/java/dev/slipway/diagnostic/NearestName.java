package dev.slipway.diagnostic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what somebody who mistyped a name may have meant. */
public final class NearestName {
  // BuildKit suggests what is at most this many edits away.
  private static final int MAX_EDITS = 2;
  private static final int MOST_FILES = 3;
  private static final int MAX_FILE_NAME = 255;

  /** What is in many names by chance. */
  private static final int SHORT = 3;

  private NearestName() {}

  /**
   * The candidate that is fewest edits away from {@code name}, at most two. Where several are, one
   * with the same letters in another order goes before the others, then the alphabet decides. Null
   * where none is, and where {@code name} itself is a candidate. Nobody means an empty name.
   */
  public static @Nullable String find(String name, Iterable<String> candidates) {
    String best = null;
    int fewest = MAX_EDITS + 1;
    for (String candidate : candidates) {
      if (candidate.equals(name)) {
        return null;
      }
      if (candidate.isEmpty()) {
        continue;
      }
      int edits = edits(name, candidate, MAX_EDITS);
      if (edits < fewest || (edits == fewest && best != null && isBetter(name, candidate, best))) {
        best = candidate;
        fewest = edits;
      }
    }
    return best;
  }

  private static boolean isBetter(String name, String candidate, String best) {
    boolean swapped = letters(candidate).equals(letters(name));
    return swapped == letters(best).equals(letters(name)) ? candidate.compareTo(best) < 0 : swapped;
  }

  private static String letters(String word) {
    char[] letters = word.toCharArray();
    Arrays.sort(letters);
    return new String(letters);
  }

  /** As {@link #find}, whatever the case; the answer is in the case of {@code name}. */
  public static @Nullable String findIgnoringCase(String name, Iterable<String> candidates) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<String> lowered = new ArrayList<>();
    for (String candidate : candidates) {
      lowered.add(candidate.toLowerCase(Locale.ROOT));
    }
    String found = find(lower, lowered);
    return found == null || name.equals(lower) ? found : found.toUpperCase(Locale.ROOT);
  }

  /**
   * Of the names in a directory at most three, the nearest first: those that differ in a third of
   * their letters at most, whatever the case, and those with {@code name} inside.
   */
  public static List<String> files(String name, Iterable<String> names) {
    String wanted = name.toLowerCase(Locale.ROOT);
    int reach = Math.max(1, wanted.length() / 3);
    Map<String, Integer> distances = new LinkedHashMap<>();
    for (String candidate : names) {
      String other = candidate.toLowerCase(Locale.ROOT);
      if (other.length() > MAX_FILE_NAME) {
        continue;
      }
      int edits = edits(wanted, other, Math.max(reach, other.length()));
      boolean inside =
          wanted.length() > SHORT && other.contains(wanted)
              || other.length() > SHORT && wanted.contains(other);
      if (inside || edits <= reach) {
        distances.put(candidate, edits);
      }
    }
    List<String> near = new ArrayList<>(distances.keySet());
    near.sort(Comparator.comparing(distances::get));
    return List.copyOf(near.subList(0, Math.min(MOST_FILES, near.size())));
  }

  /** {@code " (did you mean x?)"}, or nothing for null. */
  public static String suggestion(@Nullable String nearest) {
    return nearest == null ? "" : " (did you mean " + nearest + "?)";
  }

  /** {@code did you mean 'x'?}, or null where none is near; whatever the case of {@code name}. */
  public static @Nullable String hint(String name, Iterable<String> candidates) {
    String nearest = find(name.toLowerCase(Locale.ROOT), candidates);
    return nearest == null ? null : "did you mean '" + nearest + "'?";
  }

  /** The Levenshtein distance, or more than {@code most} where it is more. */
  private static int edits(String a, String b, int most) {
    if (Math.abs(a.length() - b.length()) > most) {
      return most + 1;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], diagonal));
      }
    }
    return row[b.length()];
  }
}
