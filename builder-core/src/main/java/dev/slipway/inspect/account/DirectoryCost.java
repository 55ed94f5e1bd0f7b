package dev.slipway.inspect.account;

import dev.slipway.tree.TreePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What directories cost, all below them included, in all layers: also what a later layer hides, for
 * it is shipped all the same.
 */
public final class DirectoryCost {
  private final Map<TreePath, Cost> costs = new HashMap<>();

  private DirectoryCost() {}

  static DirectoryCost of(List<LayerAccount> layers) {
    DirectoryCost directories = new DirectoryCost();
    for (LayerAccount layer : layers) {
      for (Member member : layer.members()) {
        boolean own = member.kind() == Member.Kind.DIRECTORY || member.path().isRoot();
        TreePath directory = own ? member.path() : member.path().parent();
        directories.costs.merge(directory, member.cost(), Cost::plus);
      }
    }
    directories.addToParents();
    return directories;
  }

  private void addToParents() {
    TreeMap<Integer, Map<TreePath, Cost>> byDepth = new TreeMap<>();
    costs.forEach(
        (path, cost) ->
            byDepth.computeIfAbsent(path.depth(), depth -> new HashMap<>()).put(path, cost));
    for (Map.Entry<Integer, Map<TreePath, Cost>> deepest = byDepth.pollLastEntry();
        deepest != null;
        deepest = byDepth.pollLastEntry()) {
      int depth = deepest.getKey();
      deepest
          .getValue()
          .forEach(
              (path, cost) -> {
                costs.put(path, cost);
                if (depth > 0) {
                  byDepth
                      .computeIfAbsent(depth - 1, key -> new HashMap<>())
                      .merge(path.parent(), cost, Cost::plus);
                }
              });
    }
  }

  /** By directory; the root has what all layers have together, but for the ends of archives. */
  public Map<TreePath, Cost> byPath() {
    return Map.copyOf(costs);
  }
}
