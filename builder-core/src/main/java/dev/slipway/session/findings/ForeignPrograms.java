package dev.slipway.session.findings;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.oci.Platform;
import dev.slipway.plan.BuildPlan;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says before anything is built that a RUN is for a processor that this machine cannot run. */
public final class ForeignPrograms {
  private static final Path EMULATORS = Path.of("/proc/sys/fs/binfmt_misc");

  /** How QEMU's registrations call what image platforms call otherwise. */
  private static final Map<String, String> QEMU_NAMES =
      Map.of(
          "amd64", "x86_64",
          "386", "i386",
          "arm64", "aarch64",
          "loong64", "loongarch64",
          "mips64le", "mips64el");

  private ForeignPrograms() {}

  public static void check(BuildPlan plan, Platform host) {
    for (PlannedStage stage : plan.stages()) {
      if (runs(host, stage.platform())) {
        continue;
      }
      for (Step step : stage.steps()) {
        if (step instanceof Step.Run run) {
          throw refusal(stage.platform(), host, run.span());
        }
      }
    }
  }

  private static BuildException refusal(
      Platform platform, Platform host, @Nullable SourceSpan span) {
    return new BuildException(
        "cannot run programs for " + platform.format() + " on " + host.format(),
        span,
        "set an emulator up (Debian: apt install qemu-user-static), or use FROM"
            + " --platform=$BUILDPLATFORM and cross-compile",
        null);
  }

  private static boolean runs(Platform host, Platform platform) {
    if (!platform.os().equals("linux")) {
      return false;
    }
    String wanted = platform.architecture();
    return wanted.equals(host.architecture())
        || host.architecture().equals("amd64") && wanted.equals("386")
        || isEmulated(QEMU_NAMES.getOrDefault(wanted, wanted));
  }

  private static boolean isEmulated(String name) {
    try {
      return Files.readString(EMULATORS.resolve("qemu-" + name)).startsWith("enabled");
    } catch (IOException e) {
      return false;
    }
  }
}
