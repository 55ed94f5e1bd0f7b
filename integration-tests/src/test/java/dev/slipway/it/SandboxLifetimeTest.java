package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.StepOrder.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of a step when it, or who builds, has ended: nothing. */
@ParameterizedClass
@EnumSource(names = {"ROOT", "ORDINARY_USER"})
class SandboxLifetimeTest extends StepsTests {

  @Test
  void aBuilderThatIsKilledLeavesNothingRunning() throws Exception {
    Steps doomed = Steps.as(who, "auto").assumeWorking();
    try {
      String mark = "9" + System.nanoTime();
      doomed.send(StepOrder.shell("sleep " + mark + " & trap '' TERM; sleep " + mark));
      await(() -> isRunning("sleep", mark));
      doomed.kill();
      await(() -> !isRunning("sleep", mark) && !isRunning("WorkerMain", doomed.name()));
    } finally {
      doomed.close();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("waited for 20 seconds");
  }

  private static boolean isRunning(String program, String mark) {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes.anyMatch(
          process -> commandLine(process).contains(program) && commandLine(process).contains(mark));
    } catch (IOException e) {
      return false;
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void nothingIsMountedWhereTheBuilderIs() throws IOException {
    String before = Files.readString(Path.of("/proc/self/mounts"));
    assertThat(shell("true").exitCode()).isZero();
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).isEqualTo(before);
  }

  @Test
  void whatAStepLeavesRunningEndsWithIt() {
    long start = System.nanoTime();
    Outcome outcome = shell("(sleep 99; touch /late) & nohup sleep 99 & echo done");
    assertThat(outcome.output()).contains("done");
    assertThat(outcome.changes()).isEmpty();
    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
  }

  @Test
  void aKilledStepEndsWithAllItStarted() {
    long start = System.nanoTime();
    StepOrder order = StepOrder.shell("sleep 99 & trap '' TERM INT; sleep 99").killedAfter(300);
    assertThat(steps.run(order).exitCode()).isEqualTo(137);
    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
  }
}
