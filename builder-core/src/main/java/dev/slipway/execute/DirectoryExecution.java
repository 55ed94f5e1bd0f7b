package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.cache.StepKey;
import dev.slipway.cache.StepRecord;
import dev.slipway.plan.Step;
import dev.slipway.snapshot.Layer;
import dev.slipway.snapshot.LayerStore;
import dev.slipway.store.LayerId;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.copy.DirectoryMaker;
import dev.slipway.tree.copy.Ownership;
import java.util.Optional;
import java.util.function.Function;

/** WORKDIR. */
final class DirectoryExecution {
  private final LayerStore layers;
  private final StepRecords records;
  private final ExecutionSettings settings;

  DirectoryExecution(LayerStore layers, StepRecords records, ExecutionSettings settings) {
    this.layers = layers;
    this.records = records;
    this.settings = settings;
  }

  StepOutcome execute(Step.MakeDirectory step, StageState state, Origin origin, CacheUse use) {
    long created = settings.sourceDateEpoch().orElse(0L);
    StepKey definition =
        StepKey.builder("mkdir")
            .field("parent", state.key())
            .field("path", step.path())
            .field("user", step.user())
            .field("created", created)
            .build();
    CacheKey key = definition.key();
    Function<LayerId, Layer> made =
        id -> layers.ofChanges(id, () -> make(step, state, origin, created));
    Optional<StepRecords.Known> known =
        records.find(key, use, origin, record -> Optional.of(made.apply(record.layer())), made);
    if (known.isPresent()) {
      return known.get().outcome();
    }
    ChangeSet changes = make(step, state, origin, created);
    LayerId id = records.layerOf(key, use);
    StepRecord record = records.remember(key, id, use.scope());
    return new StepOutcome(
        layers.ofChanges(id, () -> changes), key, record.created(), use.scope(), definition);
  }

  private static ChangeSet make(
      Step.MakeDirectory step, StageState state, Origin origin, long created) {
    FileTree tree = state.snapshot().tree();
    Ownership owner =
        step.user().isEmpty() ? Ownership.ROOT : Accounts.of(tree).ownerOrRoot(step.user());
    return DirectoryMaker.make(tree, TreePath.of(step.path()), owner, created, origin);
  }
}
