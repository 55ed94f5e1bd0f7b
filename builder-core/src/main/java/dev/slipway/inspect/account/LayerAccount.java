package dev.slipway.inspect.account;

import dev.slipway.oci.Descriptor;
import dev.slipway.tree.Origin;
import java.util.List;

/**
 * What a layer is made of: its members and what ends its archive add up to the layer.
 *
 * @param index from 0, the lowest
 * @param origin the instruction that made it
 * @param members in the order of the archive
 * @param end what ends the archive
 * @param cost the whole: {@code stored} is the blob's size
 */
public record LayerAccount(
    int index, Descriptor descriptor, Origin origin, List<Member> members, Cost end, Cost cost) {
  public LayerAccount {
    members = List.copyOf(members);
  }

  /** What headers, padding and the end of the archive cost. */
  public Cost framing() {
    Cost sum = end;
    for (Member member : members) {
      sum = sum.plus(member.framing());
    }
    return sum;
  }
}
