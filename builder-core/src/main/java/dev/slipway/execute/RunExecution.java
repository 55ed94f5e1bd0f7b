package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.cache.StepKey;
import dev.slipway.cache.StepRecord;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.plan.Step;
import dev.slipway.progress.Cancellation;
import dev.slipway.sandbox.StepMount;
import dev.slipway.sandbox.StepRequest;
import dev.slipway.sandbox.StepResult;
import dev.slipway.sandbox.StepRunner;
import dev.slipway.snapshot.Layer;
import dev.slipway.snapshot.LayerStore;
import dev.slipway.snapshot.Snapshot;
import dev.slipway.store.AllocatedDirectory;
import dev.slipway.store.LayerId;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** RUN. */
final class RunExecution {
  private final StageFiles files;
  private final MountedContent contents;
  private final LayerStore layers;
  private final StepRecords records;
  private final Supplier<? extends StepRunner> runner;
  private final ExecutionSettings settings;
  private final Executor executor;
  private final Cancellation cancellation;

  RunExecution(
      StageFiles files,
      LayerStore layers,
      StepRecords records,
      Supplier<? extends StepRunner> runner,
      ExecutionSettings settings,
      Executor executor,
      Cancellation cancellation) {
    this.files = files;
    this.contents = new MountedContent(files, executor);
    this.layers = layers;
    this.records = records;
    this.runner = runner;
    this.settings = settings;
    this.executor = executor;
    this.cancellation = cancellation;
  }

  /** Whether nothing can have been run on these layers here before. */
  boolean isFirstOn(Snapshot base) {
    return layers.isNew(base);
  }

  /**
   * Begins what running a command on these layers takes, as one will most likely be run: to unpack
   * a base takes as long as to read its tree, and to start the runner as long as a small step.
   */
  void expectOn(Snapshot snapshot) {
    CompletableFuture.supplyAsync(runner, executor);
    layers.prepare(snapshot);
  }

  RunKey key(Step.Run step, StageState state, String platform) {
    return new RunKey(step, state, platform, files, settings, contents);
  }

  /** The result of an earlier build, if it is still whole. */
  Optional<StepOutcome> find(RunKey key, Origin origin, boolean ignoreCache) {
    Optional<StepRecord> record = records.find(key.definition().key(), ignoreCache);
    if (record.isEmpty() && !ignoreCache && key.hasContent() && wasDone(key)) {
      record = records.find(key.content(), false);
      record.ifPresent(same -> records.alias(key.definition().key(), same));
    }
    return record.flatMap(
        done ->
            layers
                .findStep(done.layer(), origin)
                .map(
                    layer ->
                        StepOutcome.known(layer, done.canonicalKey(), StepRecords.created(done))));
  }

  /** Only then is it worth reading what it mounts before it is run. */
  private boolean wasDone(RunKey key) {
    return records.latest(key.place()).isPresent();
  }

  StepOutcome execute(
      Step.Run step,
      RunKey key,
      StageState state,
      Origin origin,
      boolean ignoreCache,
      Tasks.Task task) {
    CompletableFuture<CacheKey> content = readContent(key);
    layers.prepare(state.snapshot());
    FileTree tree = state.snapshot().tree();
    checkShell(step, tree);
    Accounts.Identity identity = Accounts.of(tree).identity(step.user());
    AllocatedDirectory upper = layers.allocate();
    Path changes = layers.temporaryFile();
    boolean kept = false;
    try (RunMounts mounts =
        new RunMounts(files, contents, layers, settings, ignoreCache, cancellation)) {
      List<StepMount> prepared = mounts.prepare(step.mounts());
      StepRequest request =
          new StepRequest(
              layers.stack(state.snapshot()),
              upper.path(),
              upper.work(),
              changes,
              RunProcess.of(step, identity, mounts.environment(), settings),
              prepared);
      StepResult result = run(request, task);
      if (result.exitCode() != 0) {
        throw failed(step, result);
      }
      byte[] made = Files.readAllBytes(changes);
      Optional<StepOutcome> equal =
          ignoreCache ? Optional.empty() : findEqual(key, content, upper, made, origin);
      if (equal.isPresent()) {
        return equal.get();
      }
      LayerId id = StepRecords.newLayer();
      Layer layer = layers.keepStep(id, upper, made, origin);
      kept = true;
      StepKey definition = key.definition();
      StepRecord record = records.remember(definition.key(), id);
      records.rememberLatest(key.place(), record);
      aliasContent(content, record);
      return new StepOutcome(layer, definition.key(), StepRecords.created(record), definition);
    } catch (IOException e) {
      throw new ExecutionException(
          "cannot read what the step changed: " + e.getMessage(), step.span(), null, e);
    } finally {
      if (!kept) {
        layers.discard(upper);
      }
      deleteQuietly(changes);
    }
  }

  /** Reads what is mounted while the command runs. */
  private CompletableFuture<CacheKey> readContent(RunKey key) {
    return key.hasContent()
        ? CompletableFuture.supplyAsync(key::content, executor)
        : CompletableFuture.completedFuture(key.definition().key());
  }

  private void aliasContent(CompletableFuture<CacheKey> content, StepRecord record) {
    try {
      records.alias(content.join(), record);
    } catch (CompletionException e) {
      // The command did not need what cannot be read: then only the definition finds its result.
      if (!(e.getCause() instanceof BuildException)) {
        throw e;
      }
    }
  }

  /**
   * The layer of an earlier build, if the command made the same as then although something that it
   * reads has changed. What follows then finds all as it was.
   */
  private Optional<StepOutcome> findEqual(
      RunKey key,
      CompletableFuture<CacheKey> content,
      AllocatedDirectory upper,
      byte[] made,
      Origin origin)
      throws IOException {
    Optional<StepRecord> before = records.latest(key.place());
    if (before.isEmpty()) {
      return Optional.empty();
    }
    Optional<Layer> layer = layers.findStep(before.get().layer(), origin);
    if (layer.isEmpty()
        || !EqualChanges.test(layer.get().changes(), layers.changesOf(upper, made))) {
      return Optional.empty();
    }
    records.alias(key.definition().key(), before.get());
    aliasContent(content, before.get());
    return Optional.of(
        new StepOutcome(
            layer.get(),
            before.get().canonicalKey(),
            StepRecords.created(before.get()),
            key.definition()));
  }

  private StepResult run(StepRequest request, Tasks.Task task) {
    cancellation.check();
    StepRunner.RunningStep running = runner.get().start(request, task::print);
    Cancellation.Registration kill = cancellation.onCancel(running::kill);
    try {
      StepResult result = running.await();
      cancellation.check();
      return result;
    } finally {
      kill.close();
    }
  }

  private static BuildException failed(Step.Run step, StepResult result) {
    String message =
        "process '"
            + String.join(" ", step.arguments())
            + "' did not complete successfully: exit code: "
            + result.exitCode();
    return new StepFailedException(message, result.exitCode(), step.span(), result.note());
  }

  /** Says before anything is started that a shell form has no shell. */
  private static void checkShell(Step.Run step, FileTree tree) {
    if (!step.shellForm() || !step.mounts().isEmpty()) {
      return;
    }
    String shell = step.arguments().get(0);
    if (!tree.resolve(TreePath.of(shell), FollowLast.YES).exists()) {
      throw new ExecutionException(
          "the image has no '" + shell + "', which the shell form of RUN needs",
          step.span(),
          "use the exec form, RUN [\"program\", \"argument\"], or a base with a shell",
          null);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What is left below the store's temporary files goes with the next prune.
    }
  }
}
