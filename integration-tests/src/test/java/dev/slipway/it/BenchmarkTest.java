package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.Processes.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The benchmark still does what it says; no time is judged. */
class BenchmarkTest {
  @Test
  void smallCasesGoThroughAndAreTold() {
    Machine.requireRoot();
    Machine.require("docker-registry", "busybox");
    Path script = Path.of(System.getProperty("slipway.repository"), "integration-tests/bench/run");
    Ended ended =
        Processes.command(
                script.toString(), "--small", "--runs", "1", "cold", "changed", "files", "push")
            .run()
            .orFail();
    assertThat(ended.text().lines().filter(line -> line.startsWith("| ")))
        .as("a head and a row a case; the script ends where Slipway fails")
        .hasSize(5);
  }
}
