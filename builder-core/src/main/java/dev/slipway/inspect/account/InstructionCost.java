package dev.slipway.inspect.account;

import dev.slipway.tree.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an instruction costs: what it made, in whichever layer that was shipped.
 *
 * @param origin line 0 where the Dockerfile is not known, but the history is
 */
public record InstructionCost(Origin origin, Cost cost) {

  /** In the order of the layers. */
  static List<InstructionCost> of(List<LayerAccount> layers) {
    Map<Object, Integer> places = new LinkedHashMap<>();
    List<InstructionCost> costs = new ArrayList<>();
    for (LayerAccount layer : layers) {
      add(layer.origin(), layer.index(), layer.end(), places, costs);
      for (Member member : layer.members()) {
        add(member.origin(), layer.index(), member.cost(), places, costs);
      }
    }
    return costs;
  }

  private record HistoryLine(int layer, Origin origin) {}

  private static void add(
      Origin origin,
      int layer,
      Cost cost,
      Map<Object, Integer> places,
      List<InstructionCost> costs) {
    // Two layers may have been made by equal lines, which a history does not tell apart.
    Object key = origin.line() > 0 ? origin : new HistoryLine(layer, origin);
    Integer place = places.putIfAbsent(key, costs.size());
    if (place == null) {
      costs.add(new InstructionCost(origin, cost));
    } else {
      costs.set(place, new InstructionCost(origin, costs.get(place).cost().plus(cost)));
    }
  }
}
