package dev.slipway.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cache.BuildCache;
import dev.slipway.context.BuildContext;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.plan.Base;
import dev.slipway.plan.BuildPlan;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.ResolvedImage;
import dev.slipway.plan.Step;
import dev.slipway.progress.BuildEvent;
import dev.slipway.progress.Cancellation;
import dev.slipway.sandbox.LayerDirectories;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.StepRunner;
import dev.slipway.snapshot.LayerStore;
import dev.slipway.snapshot.Snapshot;
import dev.slipway.store.Store;
import dev.slipway.tree.FileTree;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When what runs commands is started: as soon as it is clear that one will be run. */
@Timeout(60)
class ExpectedRunTest {
  private static final Step RUN =
      new Step.Run(
          null,
          "run",
          List.of("/true"),
          false,
          List.of(),
          Map.of(),
          "/",
          "",
          List.of(),
          Step.Network.DEFAULT,
          Step.Security.SANDBOX);

  private static final String NOTHING_UNPACKS = "nothing is unpacked here";

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private Store store;

  @BeforeEach
  void openStore() {
    store = Store.open(directory.resolve("store"), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    store.close();
  }

  private static Step directory(String path) {
    return new Step.MakeDirectory(null, "mkdir " + path, path, "");
  }

  private StepRunner runner() {
    events.add("runner");
    throw new IllegalStateException("nothing is run here");
  }

  private static LayerDirectories directories() {
    throw new IllegalStateException(NOTHING_UNPACKS);
  }

  private void listen(BuildEvent event) {
    if (event instanceof BuildEvent.TaskStarted started) {
      events.add(started.title());
    } else if (event instanceof BuildEvent.TaskFinished) {
      events.add("done");
    }
  }

  private void execute(boolean ignoreCache, Step... steps) {
    Platform platform = new Platform("linux", "amd64");
    PlannedStage stage =
        new PlannedStage(
            0,
            "",
            platform,
            new Base.Scratch(),
            List.of(steps),
            ImageConfig.empty(platform),
            ignoreCache);
    PlanExecutor executor =
        new PlanExecutor(
            new LayerStore(store, ExpectedRunTest::directories, "none", threads),
            new BuildCache(store.facts()),
            new ExecutionPorts(new NoSources(), null, this::runner),
            new ExecutionSettings(
                "test",
                1,
                new CommandSurroundings(
                    ProcessSpec.Network.HOST, "host", List.of(), List.of(), 0, "none"),
                "",
                Optional.empty(),
                Map.of(),
                Map.of(),
                Clock.systemUTC()),
            new BuildCourse(Runnable::run, new Tasks(this::listen), new Cancellation()),
            warning -> {});
    executor.execute(new BuildPlan(platform, List.of(stage)), "", layer -> {}, executed -> {});
  }

  private List<String> eventsUntilRun(boolean ignoreCache, Step... steps) {
    events.clear();
    assertThatThrownBy(() -> execute(ignoreCache, steps)).hasMessage(NOTHING_UNPACKS);
    return events.subList(0, events.indexOf("run"));
  }

  @Test
  void beforeAStepThatIsDoneAnewIsDone() {
    assertThat(eventsUntilRun(false, directory("/a"), directory("/b"), RUN))
        .containsExactly("mkdir /a", "runner", "done", "mkdir /b", "done");
  }

  @Test
  void notBeforeAStepThatIsCached() {
    execute(false, directory("/a"));
    assertThat(eventsUntilRun(false, directory("/a"), directory("/b"), RUN))
        .containsExactly("mkdir /a", "done", "mkdir /b", "runner", "done");
  }

  @Test
  void beforeAllStepsWhereNoneMayBeCached() {
    assertThat(eventsUntilRun(true, directory("/a"), RUN))
        .containsExactly("runner", "mkdir /a", "done");
  }

  @Test
  void notWhereNoCommandFollows() {
    execute(true, directory("/a"), directory("/b"));
    assertThat(events).doesNotContain("runner");
  }

  private static final class NoSources implements StageSources {
    @Override
    public BuildContext mainContext() {
      return BuildContext.ofTree(FileTree.EMPTY);
    }

    @Override
    public BuildContext namedContext(String name) {
      throw new AssertionError(name);
    }

    @Override
    public Snapshot image(ResolvedImage image) {
      throw new AssertionError(image);
    }
  }
}
