package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.cache.StepKey;
import dev.slipway.cache.StepRecord;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.plan.Mount;
import dev.slipway.plan.Step;
import dev.slipway.progress.Cancellation;
import dev.slipway.sandbox.ProcessSpec;
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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** RUN. */
final class RunExecution {
  private final StageFiles files;
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

  /** The step's key: what it reads, not what it makes. */
  StepKey key(Step.Run step, StageState state, String platform) {
    StepKey.Builder key =
        StepKey.builder("run")
            .field("parent", state.key())
            .list("argument", step.arguments())
            .field("directory", step.workingDirectory())
            .field("user", step.user())
            .field("network", RunProcess.network(step, settings).name())
            .field("security", step.security().name())
            .field("platform", platform)
            .field("isolation", settings.isolationClass());
    TreeMap<String, String> environment = new TreeMap<>();
    for (String pair : step.environment()) {
      int equals = pair.indexOf('=');
      environment.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    key.map("environment", environment);
    for (ProcessSpec.ExtraHost host : settings.extraHosts()) {
      key.field("host", host.name());
    }
    for (ProcessSpec.Ulimit limit : settings.ulimits()) {
      key.field("limit", limit.toString());
    }
    if (!settings.hostname().equals(ProcessSpec.DEFAULT_HOSTNAME)) {
      key.field("hostname", settings.hostname());
    }
    if (settings.shmSize() > 0) {
      key.field("shm", settings.shmSize());
    }
    for (Mount mount : step.mounts()) {
      new MountKeys(files).add(key, mount);
    }
    return key.build();
  }

  /** The result of an earlier build, if it is still whole. */
  Optional<StepOutcome> find(CacheKey key, Origin origin, boolean ignoreCache) {
    Optional<StepRecord> record = records.find(key, ignoreCache);
    if (record.isEmpty()) {
      return Optional.empty();
    }
    return layers
        .findStep(record.get().layer(), origin)
        .map(
            layer ->
                StepOutcome.known(
                    layer, record.get().canonicalKey(), StepRecords.created(record.get())));
  }

  StepOutcome execute(
      Step.Run step,
      StepKey key,
      StageState state,
      Origin origin,
      boolean ignoreCache,
      Tasks.Task task) {
    layers.prepare(state.snapshot());
    FileTree tree = state.snapshot().tree();
    checkShell(step, tree);
    Accounts.Identity identity = Accounts.of(tree).identity(step.user());
    AllocatedDirectory upper = layers.allocate();
    Path changes = layers.temporaryFile();
    boolean kept = false;
    try (RunMounts mounts = new RunMounts(files, layers, settings, ignoreCache, cancellation)) {
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
      CacheKey place = place(step, state);
      Optional<StepOutcome> equal =
          ignoreCache ? Optional.empty() : findEqual(place, key, upper, made, origin);
      if (equal.isPresent()) {
        return equal.get();
      }
      LayerId id = StepRecords.newLayer();
      Layer layer = layers.keepStep(id, upper, made, origin);
      kept = true;
      StepRecord record = records.remember(key.key(), id);
      records.rememberLatest(place, record);
      return new StepOutcome(layer, key.key(), StepRecords.created(record), key);
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

  /** Where an earlier result that may be equal is remembered: the command, and what it ran on. */
  private static CacheKey place(Step.Run step, StageState state) {
    return StepKey.builder("run again")
        .field("parent", state.key())
        .list("argument", step.arguments())
        .build()
        .key();
  }

  /**
   * The layer of an earlier build, if the command made the same as then although something that it
   * reads has changed. What follows then finds all as it was.
   */
  private Optional<StepOutcome> findEqual(
      CacheKey place, StepKey key, AllocatedDirectory upper, byte[] made, Origin origin)
      throws IOException {
    Optional<StepRecord> before = records.latest(place);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    Optional<Layer> layer = layers.findStep(before.get().layer(), origin);
    if (layer.isEmpty()
        || !EqualChanges.test(layer.get().changes(), layers.changesOf(upper, made))) {
      return Optional.empty();
    }
    records.alias(key.key(), before.get());
    return Optional.of(
        new StepOutcome(
            layer.get(), before.get().canonicalKey(), StepRecords.created(before.get()), key));
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
