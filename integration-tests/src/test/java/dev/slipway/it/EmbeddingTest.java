package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.OutputSpec;
import dev.slipway.progress.BuildEvent;
import dev.slipway.progress.BuildListener;
import dev.slipway.progress.Cancellation;
import dev.slipway.progress.CancelledException;
import dev.slipway.semantics.BuiltImage;
import dev.slipway.semantics.InProcessBuilds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program that embeds the library relies on. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EmbeddingTest extends RunTest {
  /** Unlikely to be on the command line of anything else. */
  private static final String MARK = "98713";

  /** The command line of such a step's process. */
  private static final String STEP = "sleep\0" + MARK;

  private static final String ENDLESS = "FROM busybox\nRUN echo started && sleep " + MARK + "\n";

  @Test
  void buildsAtOnceShareAStore() throws Exception {
    String dockerfile =
        """
        FROM busybox AS a
        RUN --mount=type=cache,target=/c,sharing=locked sleep 1 && echo %s > /out && cat /dev/urandom | head -c 100000 > /r
        FROM busybox
        COPY --from=a /out /out
        RUN cat /out
        """;
    try (InProcessBuilds neighbour = workspace().neighbour("neighbour")) {
      CompletableFuture<BuiltImage> one = at(workspace(), dockerfile.formatted("same"));
      CompletableFuture<BuiltImage> two = at(neighbour, dockerfile.formatted("same"));
      CompletableFuture<BuiltImage> three = at(workspace(), dockerfile.formatted("other"));
      assertThat(one.get().text("/out")).isEqualTo("same\n");
      assertThat(two.get().text("/out")).isEqualTo("same\n");
      assertThat(three.get().text("/out")).isEqualTo("other\n");
    }
    assertNothingIsLeft();
  }

  private CompletableFuture<BuiltImage> at(InProcessBuilds place, String dockerfile) {
    return CompletableFuture.supplyAsync(() -> place.build(dockerfile, this::withBase));
  }

  @Test
  void aTokenCancels() throws Exception {
    Path output = workspace().temporary().resolve("out.tar");
    CountDownLatch started = new CountDownLatch(1);
    Cancellation token = new Cancellation();
    CompletableFuture<BuildResult> build =
        CompletableFuture.supplyAsync(
            () -> workspace().builder().build(endless(output), whenStarted(started), token));
    assertThat(started.await(2, TimeUnit.MINUTES)).isTrue();
    token.cancel();
    assertThatThrownBy(() -> build.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CancelledException.class);
    assertNothingIsLeft();
    assertNothingOf(output);
    assertThat(build("FROM busybox\nRUN echo 1 > /f\n").text("/f")).isEqualTo("1\n");
  }

  @Test
  void aBuilderThatIsClosedEndsItsBuilds() throws Exception {
    try (InProcessBuilds neighbour = workspace().neighbour("closed")) {
      Path output = workspace().temporary().resolve("out.tar");
      CountDownLatch started = new CountDownLatch(1);
      CompletableFuture<BuildResult> build =
          CompletableFuture.supplyAsync(
              () ->
                  neighbour
                      .builder()
                      .build(endless(output), whenStarted(started), new Cancellation()));
      assertThat(started.await(2, TimeUnit.MINUTES)).isTrue();
      neighbour.builder().close();
      assertThatThrownBy(() -> build.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(CancelledException.class);
      assertNothingIsLeft();
      assertNothingOf(output);
    }
  }

  @Test
  void anInterruptCancelsAndIsKept() throws Exception {
    Path output = workspace().temporary().resolve("out.tar");
    CountDownLatch started = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                workspace()
                    .builder()
                    .build(endless(output), whenStarted(started), new Cancellation());
              } catch (RuntimeException e) {
                thrown.set(e);
              }
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    assertThat(started.await(2, TimeUnit.MINUTES)).isTrue();
    caller.interrupt();
    caller.join(20_000);
    assertThat(thrown.get()).isInstanceOf(CancelledException.class);
    assertThat(interrupted.get()).isTrue();
    assertNothingIsLeft();
    assertNothingOf(output);
  }

  @Test
  void aFailedStepLeavesNothing() throws Exception {
    String dockerfile =
        """
        FROM busybox AS fails
        RUN sleep 1 && exit 7
        FROM busybox AS endless
        RUN sleep %s && touch /f
        FROM scratch
        COPY --from=endless /f /
        COPY --from=fails /f /g
        """;
    assertThat(failure(dockerfile.formatted(MARK))).hasMessageContaining("exit code: 7");
    assertNothingIsLeft();
  }

  @Test
  void aKilledProgramLeavesNothingRunningOrMountedAndAUsableStore() throws Exception {
    Path context = Files.createDirectories(workspace().temporary().resolve("killed"));
    Files.writeString(context.resolve("Dockerfile"), ENDLESS);
    Slipway slipway = Slipway.storingIn(workspace().store());
    String base = "busybox=oci-layout://" + Bases.busybox();
    Process program =
        slipway
            .process("build", "--progress=plain", "--build-context", base, context)
            // what is killed cannot clean up, but this goes with the test
            .with("SLIPWAY_JAVA_OPTS", "-Djava.io.tmpdir=" + workspace().temporary())
            .start();
    StringBuffer output = new StringBuffer();
    Processes.drain(program.getErrorStream(), output);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!running(STEP) && System.nanoTime() < end && program.isAlive()) {
      Thread.sleep(50);
    }
    assertThat(running(STEP)).as(output.toString()).isTrue();
    program.destroyForcibly().waitFor();
    assertNothingIsLeft();
    assertThat(build("FROM busybox\nRUN echo 1 > /f\n").text("/f")).isEqualTo("1\n");
    assertNothingIsLeft();
  }

  @Test
  void whatAListenerThrowsEndsTheBuild() {
    BuildRequest.Builder request = workspace().request("FROM busybox\nRUN echo 1\n");
    withBase(request);
    BuildListener broken =
        event -> {
          if (event instanceof BuildEvent.TaskOutput) {
            throw new IllegalStateException("broken listener");
          }
        };
    assertThatThrownBy(
            () -> workspace().builder().build(request.build(), broken, new Cancellation()))
        .hasStackTraceContaining("broken listener");
  }

  private BuildRequest endless(Path output) {
    BuildRequest.Builder request = workspace().request(ENDLESS);
    withBase(request);
    return request.output(OutputSpec.ociArchive(output)).build();
  }

  private static BuildListener whenStarted(CountDownLatch started) {
    return event -> {
      if (event instanceof BuildEvent.TaskOutput printed
          && new String(printed.bytes(), 0, printed.length(), UTF_8).contains("started")) {
        started.countDown();
      }
    };
  }

  private void assertNothingIsLeft() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while ((running(STEP) || running(worker())) && System.nanoTime() < end) {
      Thread.sleep(50); // the kernel ends the processes of a PID namespace, in its own time
    }
    assertThat(running(STEP)).as("a step").isFalse();
    assertThat(running(worker())).as("a worker").isFalse();
    assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
        .doesNotContain(workspace().store().toString());
  }

  private static void assertNothingOf(Path output) throws IOException {
    try (Stream<Path> beside = Files.list(output.getParent())) {
      assertThat(beside.filter(path -> path.getFileName().toString().contains("out.tar")))
          .isEmpty();
    }
  }

  /** What is on the command lines of workers for the tests' store. */
  private String worker() {
    return "library.path=" + workspace().store();
  }

  private static boolean running(String words) throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes.anyMatch(process -> commandLine(process).contains(words));
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"));
    } catch (IOException e) {
      return "";
    }
  }
}
