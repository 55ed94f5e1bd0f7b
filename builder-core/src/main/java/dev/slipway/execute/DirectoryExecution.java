package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.cache.StepKey;
import dev.slipway.plan.Step;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.copy.DirectoryMaker;
import dev.slipway.tree.copy.Ownership;
import java.util.Optional;
import java.util.function.Supplier;

/** WORKDIR. */
final class DirectoryExecution {
  private final StepRecords records;
  private final ExecutionSettings settings;

  DirectoryExecution(StepRecords records, ExecutionSettings settings) {
    this.records = records;
    this.settings = settings;
  }

  /**
   * @param anew called before it is done, where it was not done before
   */
  StepOutcome execute(
      Step.MakeDirectory step, StageState state, Origin origin, CacheUse use, Runnable anew) {
    long created = settings.sourceDateEpoch().orElse(0L);
    StepKey definition =
        StepKey.builder("mkdir")
            .field("parent", state.key())
            .field("path", step.path())
            .field("user", step.user())
            .field("created", created)
            .build();
    CacheKey key = definition.key();
    Supplier<ChangeSet> changes = () -> make(step, state, origin, created);
    Optional<StepRecords.Known> known = records.findComputed(key, use, origin, changes);
    if (known.isPresent()) {
      return known.get().outcome();
    }
    anew.run();
    return records.rememberComputed(key, definition, use, changes.get());
  }

  private static ChangeSet make(
      Step.MakeDirectory step, StageState state, Origin origin, long created) {
    FileTree tree = state.snapshot().tree();
    Ownership owner = step.user().isEmpty() ? null : Accounts.of(tree).ownerOrRoot(step.user());
    return DirectoryMaker.make(tree, TreePath.of(step.path()), owner, created, origin);
  }
}
