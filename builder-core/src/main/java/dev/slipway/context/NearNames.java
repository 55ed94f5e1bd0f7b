package dev.slipway.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which names a person may have meant. */
final class NearNames {
  private static final int MAX_DISTANCE = 2;
  private static final int MAX_NAMES = 3;

  private NearNames() {}

  /** At most three, in the order given: the same but for a few letters, or with it inside. */
  static List<String> of(String wanted, List<String> names) {
    List<String> near = new ArrayList<>();
    String lower = wanted.toLowerCase(Locale.ROOT);
    for (String name : names) {
      String other = name.toLowerCase(Locale.ROOT);
      boolean inside = other.contains(lower) || (other.length() > 3 && lower.contains(other));
      if (near.size() < MAX_NAMES
          && !name.endsWith(".dockerignore")
          && (inside || distance(lower, other) <= MAX_DISTANCE)) {
        near.add(name);
      }
    }
    return near;
  }

  /** The number of letters to insert, delete or replace. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
