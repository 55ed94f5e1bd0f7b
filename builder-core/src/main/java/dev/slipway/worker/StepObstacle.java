package dev.slipway.worker;

import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.SandboxKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out, before a worker is started, that it could not isolate steps, and says what could. */
final class StepObstacle {
  /** What forbids user namespaces, and the value by which it does. */
  private static final String[][] SWITCHES = {
    {"/proc/sys/user/max_user_namespaces", "0"},
    {"/proc/sys/kernel/unprivileged_userns_clone", "0"},
    {"/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"},
  };

  private static final String CHROOT_HINT =
      "if this container itself is disposable, --sandbox=chroot runs steps in it as they are,"
          + " without isolation; ";

  private static final String CONTAINER_HINT =
      "to isolate steps in a container, start it with --security-opt seccomp=unconfined"
          + " --security-opt apparmor=unconfined --security-opt systempaths=unconfined";

  private StepObstacle() {}

  /** Why a worker of that kind cannot run steps, or null where nothing speaks against it. */
  static @Nullable SandboxException find(WorkerSettings settings, WorkerIdentity identity) {
    if (settings.kind() == SandboxKind.CHROOT) {
      return identity.uid() == 0
          ? null
          : new SandboxException(
              "--sandbox=chroot is for root only, this is '" + identity.user() + "'",
              "only root may change the root directory and own files as others do");
    }
    boolean root = identity.uid() == 0;
    if (identity.mountsAllowed() || !(root || identity.isFiltered() || isSwitchedOff())) {
      return null;
    }
    String trouble = tryNamespace(new ProgramSearch(settings.searchPath()));
    return trouble == null ? null : refusal(identity, trouble);
  }

  static SandboxException refusal(WorkerIdentity identity, String trouble) {
    boolean root = identity.uid() == 0;
    return new SandboxException(
        "cannot isolate RUN steps on this machine: "
            + (root ? "root lacks CAP_SYS_ADMIN, as in a container, and " : "")
            + "no user namespace can be had: "
            + trouble,
        (root ? CHROOT_HINT : "")
            + (root || identity.isFiltered()
                ? CONTAINER_HINT
                : "let ordinary users have user namespaces (sysctl"
                    + " kernel.unprivileged_userns_clone=1,"
                    + " kernel.apparmor_restrict_unprivileged_userns=0), or build as root"));
  }

  private static boolean isSwitchedOff() {
    for (String[] each : SWITCHES) {
      try {
        if (Files.readString(Path.of(each[0]), StandardCharsets.US_ASCII).strip().equals(each[1])) {
          return true;
        }
      } catch (IOException e) {
        // this kernel has no such switch
      }
    }
    return false;
  }

  private static @Nullable String tryNamespace(ProgramSearch programs) {
    Path unshare = programs.find("unshare");
    Path program = programs.find("true");
    if (unshare == null || program == null) {
      return null; // a worker's start says what is missing
    }
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      unshare.toString(),
                      "--user",
                      "--map-root-user",
                      "--pid",
                      "--fork",
                      "--mount-proc",
                      program.toString()))
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? null : said;
    } catch (IOException e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
