package dev.slipway.execute;

import dev.slipway.cache.BuildCache;
import dev.slipway.cache.CacheKey;
import dev.slipway.cache.CacheScope;
import dev.slipway.cache.StepKey;
import dev.slipway.cache.StepRecord;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.Step;
import dev.slipway.progress.Cancellation;
import dev.slipway.sandbox.LayerStack;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.StepMount;
import dev.slipway.sandbox.StepRequest;
import dev.slipway.sandbox.StepResult;
import dev.slipway.sandbox.StepRunner;
import dev.slipway.snapshot.Layer;
import dev.slipway.snapshot.LayerStore;
import dev.slipway.snapshot.Snapshot;
import dev.slipway.store.AllocatedDirectory;
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
import java.util.function.Supplier;

/** RUN. */
final class RunExecution {
  private final StageFiles files;
  private final MountedContent contents;
  private final LayerStore layers;
  private final StepRecords records;
  private final Supplier<? extends StepRunner> runner;
  private final ExecutionSettings settings;
  private final BuildCourse course;
  private final SharedSteps shared;

  RunExecution(
      StageFiles files,
      LayerStore layers,
      StepRecords records,
      Supplier<? extends StepRunner> runner,
      ExecutionSettings settings,
      BuildCourse course,
      SharedSteps shared) {
    this.files = files;
    this.contents = new MountedContent(files, course.executor());
    this.layers = layers;
    this.records = records;
    this.runner = runner;
    this.settings = settings;
    this.course = course;
    this.shared = shared;
  }

  /** Whether nothing can have been run on these layers before. */
  boolean isFirstOn(Snapshot base) {
    return !records.isShared() && layers.isNew(base);
  }

  /**
   * Begins what running a command on these layers takes, as one will most likely be run: to unpack
   * a base takes as long as to read its tree, and to start the runner as long as a small step.
   */
  void expectOn(Snapshot snapshot) {
    CompletableFuture.supplyAsync(runner, course.executor());
    layers.prepare(snapshot);
  }

  RunKey key(Step.Run step, StageState state, String platform) {
    return new RunKey(step, state, platform, files, settings.commands(), contents);
  }

  /**
   * The result of an earlier build, if it is still whole.
   *
   * @param again does the step, should its files be wanted where only its name is known
   */
  Optional<StepOutcome> find(RunKey key, Origin origin, CacheUse use, Supplier<StepOutcome> again) {
    CacheKey definition = key.definition().key();
    Optional<StepRecords.Known> known = find(definition, origin, use, again);
    if (known.isEmpty() && !use.ignore() && key.hasContent() && mayBeDone(key, use)) {
      known = find(key.content(), origin, use, again);
      known.ifPresent(same -> records.alias(definition, same));
    }
    return known.map(StepRecords.Known::outcome);
  }

  private Optional<StepRecords.Known> find(
      CacheKey key, Origin origin, CacheUse use, Supplier<StepOutcome> again) {
    return records.find(
        key,
        use,
        origin,
        done -> layers.findStep(done.layer(), origin),
        id -> layers.ofStep(id, () -> again.get().layer()));
  }

  /** Only then is it worth reading what it mounts before it is run. */
  private boolean mayBeDone(RunKey key, CacheUse use) {
    return records.isShared() || records.latest(key.place(), use.scope()).isPresent();
  }

  StepOutcome execute(
      Step.Run step, RunKey key, StageState state, Origin origin, CacheUse use, Tasks.Task task) {
    // Steps that are done only now must not wait for a step that waits for them.
    state.snapshot().complete();
    for (FileSource source : step.fileSources()) {
      if (source instanceof FileSource.Stage other) {
        files.stage(other.id()).snapshot().complete();
      }
    }
    return shared
        .perform(key.definition().key(), () -> run(step, key, state, origin, use, task))
        .within(use.scope());
  }

  private StepOutcome run(
      Step.Run step, RunKey key, StageState state, Origin origin, CacheUse use, Tasks.Task task) {
    CompletableFuture<CacheKey> content = readContent(key);
    layers.prepare(state.snapshot());
    FileTree tree = state.snapshot().tree();
    checkShell(step, tree);
    Accounts.Identity identity = Accounts.of(tree).identity(step.user());
    AllocatedDirectory upper = layers.allocate();
    Path changes = layers.temporaryFile();
    boolean kept = false;
    try (RunMounts mounts =
        new RunMounts(files, contents, layers, settings, use.ignore(), course.cancellation())) {
      List<StepMount> prepared = mounts.prepare(step.mounts());
      ProcessSpec process = RunProcess.of(step, identity, mounts, settings.commands());
      LayerStack lower = layers.stack(state.snapshot()); // last: it may have to wait
      StepRequest request =
          new StepRequest(lower, upper.path(), upper.work(), changes, process, prepared);
      StepResult result = run(request, task);
      if (result.exitCode() != 0) {
        throw failed(step, result);
      }
      byte[] made = Files.readAllBytes(changes);
      Optional<StepOutcome> equal =
          use.ignore() ? Optional.empty() : findEqual(key, content, upper, made, origin, use);
      if (equal.isPresent()) {
        return equal.get();
      }
      Layer layer = layers.keepStep(StepRecords.newLayer(), upper, made, origin);
      kept = true;
      return remember(key, content, layer, use);
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

  private StepOutcome remember(
      RunKey key, CompletableFuture<CacheKey> content, Layer layer, CacheUse use) {
    StepKey definition = key.definition();
    StepRecord record = records.remember(definition.key(), layer.id(), use.scope());
    records.rememberLatest(key.place(), record, use.scope());
    aliasContent(content, record, use.scope());
    return new StepOutcome(layer, definition.key(), record.created(), use.scope(), definition);
  }

  /** Reads what is mounted while the command runs. */
  private CompletableFuture<CacheKey> readContent(RunKey key) {
    return key.hasContent()
        ? CompletableFuture.supplyAsync(key::content, course.executor())
        : CompletableFuture.completedFuture(key.definition().key());
  }

  private void aliasContent(
      CompletableFuture<CacheKey> content, StepRecord record, CacheScope scope) {
    try {
      records.alias(content.join(), record, scope);
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
      Origin origin,
      CacheUse use)
      throws IOException {
    Optional<BuildCache.Found> found = records.latest(key.place(), use.scope());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StepRecord before = found.get().record();
    CacheScope scope = found.get().scope();
    Optional<Layer> layer = layers.findStep(before.layer(), origin);
    if (layer.isEmpty()
        || !EqualChanges.test(layer.get().changes(), layers.changesOf(upper, made))) {
      return Optional.empty();
    }
    records.alias(key.definition().key(), before, scope);
    aliasContent(content, before, scope);
    return Optional.of(
        new StepOutcome(
            layer.get(), before.canonicalKey(), before.created(), scope, key.definition()));
  }

  private StepResult run(StepRequest request, Tasks.Task task) {
    Cancellation cancellation = course.cancellation();
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
