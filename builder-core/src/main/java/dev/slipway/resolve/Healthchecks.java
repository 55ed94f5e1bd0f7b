package dev.slipway.resolve;

import dev.slipway.dockerfile.Command;
import dev.slipway.dockerfile.HealthcheckInstruction;
import dev.slipway.oci.Healthcheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** HEALTHCHECK as an image's configuration says it. */
final class Healthchecks {
  private Healthchecks() {}

  static Healthcheck of(HealthcheckInstruction healthcheck) {
    List<String> test = new ArrayList<>();
    if (healthcheck.test() == null) {
      test.add("NONE");
    } else if (healthcheck.test() instanceof Command.ExecForm exec) {
      test.add("CMD");
      test.addAll(exec.arguments());
    } else {
      test.add("CMD-SHELL");
      test.add(((Command.ShellForm) healthcheck.test()).text());
    }
    return new Healthcheck(
        test,
        orZero(healthcheck.interval()),
        orZero(healthcheck.timeout()),
        orZero(healthcheck.startPeriod()),
        orZero(healthcheck.startInterval()),
        healthcheck.retries() == null ? 0 : healthcheck.retries());
  }

  private static Duration orZero(@Nullable Duration duration) {
    return duration == null ? Duration.ZERO : duration;
  }
}
