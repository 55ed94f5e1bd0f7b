package dev.slipway.worker;

import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.SandboxReport;
import dev.slipway.sandbox.SandboxReport.Finding;
import dev.slipway.sandbox.SandboxReport.Level;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out what this machine can do for steps, by trying. */
public final class SandboxProbe {
  private static final Path PROC = Path.of("/proc");
  private static final int[] OLDEST_KERNEL = {5, 12};

  private static final Map<SandboxKind, String> PROGRAMS =
      Map.of(SandboxKind.RUNC, "runc", SandboxKind.CRUN, "crun", SandboxKind.BUBBLEWRAP, "bwrap");

  private static final List<SandboxKind> ISOLATING =
      List.of(SandboxKind.RUNC, SandboxKind.CRUN, SandboxKind.BUBBLEWRAP);

  private final WorkerSettings settings;
  private final ProgramSearch programs;
  private final List<Finding> findings = new ArrayList<>();

  private SandboxProbe(WorkerSettings settings) {
    this.settings = settings;
    programs = new ProgramSearch(settings.searchPath());
  }

  /** Runs a step in each kind of isolation; takes a second or two. */
  public static SandboxReport probe(WorkerSettings settings) {
    return probe(settings, PROC);
  }

  /**
   * @param proc where the kernel tells about itself
   */
  static SandboxReport probe(WorkerSettings settings, Path proc) {
    SandboxProbe probe = new SandboxProbe(settings);
    if (!probe.kernel(proc)) {
      return new SandboxReport(probe.findings);
    }
    probe.filter();
    WorkerIdentity identity = WorkerIdentity.current();
    probe.user(identity);
    probe.store();
    probe.steps(identity);
    boolean isolates = probe.settings.kind() != SandboxKind.CHROOT;
    for (SandboxKind kind : isolates ? ISOLATING : List.<SandboxKind>of()) {
      probe.driver(kind);
    }
    return new SandboxReport(probe.findings);
  }

  /** Whether it is Linux, and there is more to find out. */
  private boolean kernel(Path proc) {
    String release = text(proc.resolve("sys/kernel/osrelease"));
    if (release == null) {
      add(Level.MISSING, "kernel", "this is not Linux", "steps run on Linux only");
    } else if (isOld(release)) {
      add(Level.MISSING, "kernel", release, "steps need Linux 5.12 or later");
    } else {
      add(Level.OK, "kernel", release, null);
    }
    return release != null;
  }

  private static boolean isOld(String release) {
    String[] parts = release.split("[.-]");
    try {
      int major = Integer.parseInt(parts[0]);
      return major < OLDEST_KERNEL[0]
          || (major == OLDEST_KERNEL[0] && Integer.parseInt(parts[1]) < OLDEST_KERNEL[1]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return false;
    }
  }

  private void filter() {
    boolean there = Files.exists(Path.of("/proc/sys/kernel/seccomp/actions_avail"));
    add(
        there ? Level.OK : Level.MISSING,
        "system call filter",
        there ? "seccomp" : "the kernel has no seccomp",
        there ? null : "use a kernel with CONFIG_SECCOMP_FILTER");
  }

  private void user(WorkerIdentity identity) {
    if (identity.mountsAllowed()) {
      add(Level.OK, "user", "root, may mount", null);
      return;
    }
    boolean root = identity.uid() == 0;
    add(
        Level.OK,
        "user",
        root ? "root without CAP_SYS_ADMIN, as in a container" : "'" + identity.user() + "'",
        null);
    if (settings.kind() == SandboxKind.CHROOT) {
      return;
    }
    boolean tools = programs.find("newuidmap") != null && programs.find("newgidmap") != null;
    if (identity.uids() == null || identity.gids() == null) {
      add(
          Level.LIMITED,
          "subordinate ids",
          "none for '" + identity.user() + "': steps have one user only, root",
          "usermod --add-subuids 100000-165535 --add-subgids 100000-165535 " + identity.user());
    } else if (!tools) {
      add(
          Level.LIMITED,
          "subordinate ids",
          "newuidmap or newgidmap not found: steps have one user only, root",
          "install uidmap (Debian, Ubuntu) or shadow-utils (Fedora)");
    } else {
      add(Level.OK, "subordinate ids", identity.uids().count() + " users", null);
    }
  }

  private void store() {
    try {
      Path folder = Files.createDirectories(settings.cache());
      String type = Files.getFileStore(folder).type();
      boolean mounts = settings.kind() != SandboxKind.CHROOT;
      boolean overlay = mounts && (type.equals("overlay") || type.startsWith("nfs"));
      add(
          overlay ? Level.LIMITED : Level.OK,
          "file system of the store",
          type + " at '" + folder + "'",
          overlay
              ? "no overlay can be written there, so that each step's changes are held in memory first:"
                  + " set --cache-dir to a local disk, in a container to a volume"
              : null);
    } catch (IOException e) {
      add(Level.MISSING, "file system of the store", String.valueOf(e.getMessage()), null);
    }
  }

  private void steps(WorkerIdentity identity) {
    if (settings.kind() == SandboxKind.CHROOT) {
      chrootSteps();
      return;
    }
    String trouble = new SandboxTrial(settings).run(SandboxKind.NAMESPACES);
    if (trouble == null) {
      add(Level.OK, "steps", "run, isolated by namespaces", null);
      return;
    }
    SandboxException obstacle = StepObstacle.find(settings, identity);
    boolean onlyChroot = obstacle != null && identity.uid() == 0 && chrootTrouble() == null;
    add(
        Level.MISSING,
        "steps",
        trouble,
        onlyChroot
            ? "this machine cannot isolate steps: use --sandbox=chroot if the container itself is"
                + " disposable, or start it with --security-opt seccomp=unconfined --security-opt"
                + " apparmor=unconfined --security-opt systempaths=unconfined"
            : "let users have user namespaces (sysctl kernel.unprivileged_userns_clone=1,"
                + " kernel.apparmor_restrict_unprivileged_userns=0, user.max_user_namespaces),"
                + " or build as root; a container needs --security-opt seccomp=unconfined,"
                + " apparmor=unconfined and systempaths=unconfined");
  }

  private void chrootSteps() {
    String trouble = chrootTrouble();
    add(
        trouble == null ? Level.LIMITED : Level.MISSING,
        "steps",
        trouble == null ? "run in another root directory, without isolation" : trouble,
        trouble == null ? "only for a container that is itself disposable" : null);
  }

  private @Nullable String chrootTrouble() {
    return new SandboxTrial(settings).runInEmptyRoot();
  }

  private void driver(SandboxKind kind) {
    String name = "driver " + kind.label();
    Path program = programs.find(String.valueOf(PROGRAMS.get(kind)));
    if (program == null) {
      add(Level.LIMITED, name, "not installed", null);
      return;
    }
    String trouble = new SandboxTrial(settings).run(kind);
    if (trouble == null) {
      add(Level.OK, name, program.toString(), null);
    } else {
      add(Level.LIMITED, name, program + " does not work here: " + firstLine(trouble), null);
    }
  }

  private void add(Level level, String subject, String found, @Nullable String advice) {
    findings.add(new Finding(level, subject, found, advice));
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private static @Nullable String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return null;
    }
  }
}
