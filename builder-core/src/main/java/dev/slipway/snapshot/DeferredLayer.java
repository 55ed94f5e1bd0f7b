package dev.slipway.snapshot;

import dev.slipway.store.LayerId;
import dev.slipway.tree.ChangeSet;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The layer of a step whose result is known by name only: the step is done when somebody wants its
 * files, and most often nobody does.
 */
final class DeferredLayer extends Layer {
  private final Supplier<Layer> step;
  private @Nullable Layer made;

  DeferredLayer(LayerId id, Supplier<Layer> step) {
    super(id);
    this.step = step;
  }

  @Override
  public synchronized boolean isElsewhere() {
    return made == null;
  }

  @Override
  public synchronized Optional<Layer> settled() {
    return Optional.ofNullable(made);
  }

  @Override
  synchronized Layer complete() {
    if (made == null) {
      made = step.get().complete();
    }
    return made;
  }

  @Override
  ChangeSet loadChanges() {
    return complete().changes();
  }
}
