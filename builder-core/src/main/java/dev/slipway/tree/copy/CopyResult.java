package dev.slipway.tree.copy;

import dev.slipway.tree.ChangeSet;
import java.util.List;

/**
 * What a COPY or ADD came to.
 *
 * @param changes the layer: all that was copied, with the directories above it as they are
 * @param unmatched the wildcards that matched nothing, which is no error
 */
public record CopyResult(ChangeSet changes, List<String> unmatched) {
  public CopyResult {
    unmatched = List.copyOf(unmatched);
  }
}
