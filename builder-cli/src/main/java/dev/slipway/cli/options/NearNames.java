package dev.slipway.cli.options;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds what was probably meant by a name that nobody has. */
public final class NearNames {
  private NearNames() {}

  /** The candidate nearest to {@code name}, or null where none is near enough to be meant. */
  public static @Nullable String nearest(String name, Collection<String> candidates) {
    String nearest = null;
    int least = Math.max(2, name.length() / 3 + 1);
    for (String candidate : candidates) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** How many letters to put in, take out or change; a swap of neighbours counts as two. */
  private static int distance(String left, String right) {
    int[] above = new int[right.length() + 1];
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int changed = above[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
      }
      int[] done = row;
      row = above;
      above = done;
    }
    return above[right.length()];
  }
}
