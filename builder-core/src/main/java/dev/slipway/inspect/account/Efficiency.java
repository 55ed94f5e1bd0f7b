package dev.slipway.inspect.account;

import dev.slipway.tree.TreePath;
import java.util.HashMap;
import java.util.Map;

/**
 * How much of what the layers hold is needed once, as the program dive computes it: of each path
 * the smallest size that it has in any layer, over the sum of its sizes in all layers. A deletion
 * counts with the size of what it deletes.
 *
 * @param score from 0 to 1, which is best
 * @param repeated the bytes of paths that more than one layer holds, all times counted: what dive
 *     calls wasted space
 */
public record Efficiency(double score, long repeated) {

  /** Goes through the layers from the lowest. */
  static final class Tally {
    private final Map<TreePath, Sizes> sizes = new HashMap<>();

    private static final class Sizes {
      long least = Long.MAX_VALUE;
      long sum;
      int layers;
    }

    /**
     * @param below what the layers below come to
     */
    void add(LayerAccount layer, VisibleFiles below) {
      Map<TreePath, Long> own = new HashMap<>();
      for (Member member : layer.members()) {
        switch (member.kind()) {
          case FILE, OTHER, HARD_LINK -> own.put(member.path(), member.size());
          case WHITEOUT -> own.putIfAbsent(member.path(), sizeOf(member.path(), below));
          case DIRECTORY, OPAQUE -> {}
        }
      }
      own.forEach(
          (path, size) -> {
            Sizes all = sizes.computeIfAbsent(path, key -> new Sizes());
            all.least = Math.min(all.least, size);
            all.sum += size;
            all.layers++;
          });
    }

    private static long sizeOf(TreePath path, VisibleFiles below) {
      long size = 0;
      for (VisibleFiles.Name name : below.below(path).values()) {
        size += name.member().size();
      }
      return size;
    }

    Efficiency efficiency() {
      long least = 0;
      long sum = 0;
      long repeated = 0;
      for (Sizes each : sizes.values()) {
        least += each.least;
        sum += each.sum;
        repeated += each.layers > 1 ? each.sum : 0;
      }
      return new Efficiency(sum == 0 ? 1 : (double) least / sum, repeated);
    }
  }
}
