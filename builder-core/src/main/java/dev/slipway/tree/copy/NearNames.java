package dev.slipway.tree.copy;

import dev.slipway.tree.Directory;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.Resolution;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.TreeView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What somebody may have meant by a path that is not there. */
final class NearNames {
  private static final int MOST = 3;
  private static final int MAX_LENGTH = 255;

  private record Candidate(String name, int distance) {}

  private NearNames() {}

  /** Paths in the directory where the search ended, with the rest of the path behind them. */
  static List<String> of(TreeView tree, TreePath path) {
    Resolution resolution = tree.resolve(path, FollowLast.YES);
    if (resolution.exists() || !(resolution.entry() instanceof Directory directory)) {
      return List.of();
    }
    List<byte[]> missing = resolution.missing().components();
    String wanted = text(missing.get(0));
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < directory.size(); i++) {
      String name = text(directory.nameAt(i));
      int distance = distance(wanted, name);
      if (distance <= Math.max(1, wanted.length() / 3)) {
        candidates.add(new Candidate(name, distance));
      }
    }
    candidates.sort(Comparator.comparingInt(Candidate::distance));
    List<String> paths = new ArrayList<>();
    for (Candidate candidate : candidates.subList(0, Math.min(MOST, candidates.size()))) {
      paths.add(resolution.path().child(candidate.name()).toString());
    }
    return paths;
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }

  /** How many letters are to be added, dropped or changed; 0 where only the case differs. */
  private static int distance(String wanted, String name) {
    String a = wanted.toLowerCase(Locale.ROOT);
    String b = name.toLowerCase(Locale.ROOT);
    if (a.length() > MAX_LENGTH || b.length() > MAX_LENGTH) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
