package dev.slipway.oci;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Names the result of applying a stack of layers, the lowest first. Image-spec, config.md, "Layer
 * ChainID".
 */
public record ChainId(Digest digest) {
  public static ChainId parse(String text) {
    return new ChainId(Digest.parse(text));
  }

  /** Of a stack with one layer. */
  public static ChainId of(DiffId bottom) {
    return new ChainId(bottom.digest());
  }

  /**
   * @param diffIds the lowest first, at least one
   */
  public static ChainId of(List<DiffId> diffIds) {
    ChainId chain = of(diffIds.get(0));
    for (int i = 1; i < diffIds.size(); i++) {
      chain = chain.then(diffIds.get(i));
    }
    return chain;
  }

  /** One for each layer: what the stack is with that layer on top. */
  public static List<ChainId> chain(List<DiffId> diffIds) {
    List<ChainId> chains = new ArrayList<>(diffIds.size());
    for (DiffId diffId : diffIds) {
      chains.add(chains.isEmpty() ? of(diffId) : chains.get(chains.size() - 1).then(diffId));
    }
    return List.copyOf(chains);
  }

  /** This stack with {@code layer} on top. */
  public ChainId then(DiffId layer) {
    return new ChainId(
        Digest.of((digest + " " + layer.digest()).getBytes(StandardCharsets.US_ASCII)));
  }

  /** {@code sha256:<hex>}. */
  @Override
  public String toString() {
    return digest.toString();
  }
}
