package dev.slipway.snapshot;

import dev.slipway.store.LayerId;
import dev.slipway.tree.ChangeSet;
import java.util.function.Supplier;

/** What COPY, ADD or WORKDIR made: an operation on trees, which can be done again at any time. */
final class ComputedLayer extends Layer {
  private final Supplier<ChangeSet> operation;

  ComputedLayer(LayerId id, Supplier<ChangeSet> operation) {
    super(id);
    this.operation = operation;
  }

  @Override
  ChangeSet loadChanges() {
    return operation.get();
  }
}
