package dev.slipway.worker;

import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.SandboxKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line by which a worker starts in namespaces of its own. */
final class WorkerCommand {
  private static final List<String> JVM_OPTIONS =
      List.of(
          // Before Java 21 only G1 takes the objects of a class-data archive, 20 ms of work.
          "-XX:+UseG1GC",
          "-XX:TieredStopAtLevel=1",
          // What a step or two call some hundred times is not worth compiling; loops are as ever.
          "-XX:Tier3InvocationThreshold=1000",
          "-XX:Tier3MinInvocationThreshold=500",
          "-XX:Tier3CompileThreshold=10000",
          "-XX:-UsePerfData",
          "-XX:-MaxFDLimit", // steps inherit the limit: it must stay as the builder was started
          "-XX:-UseDynamicNumberOfCompilerThreads",
          "-Xrs", // an interrupt from the terminal is the client's to act upon
          "-Xss1m",
          "-Xmx512m",
          // Layers pass through: what is read is garbage at once, and must not fill a heap first.
          "-Xms16m",
          "-XX:MaxNewSize=16m",
          "-XX:ErrorFile=/dev/stderr",
          "-Xshare:auto",
          // Most of the archive is never looked at: to move all of it elsewhere takes 4 ms.
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-Dsun.reflect.inflationThreshold=1000000", // no class for the 16th use of a constructor
          "-Djna.nosys=true",
          "-Djna.nounpack=true",
          "-Djna.platform.library.path=", // or JNA starts ldconfig to know where to look
          "-Djava.util.logging.manager=" + NoLogs.class.getName());

  private static final String MAIN = "dev.slipway.worker.WorkerMain";
  private static final List<String> NAMESPACES =
      List.of(
          "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private");

  private final WorkerSettings settings;
  private final WorkerIdentity identity;
  private final ProgramSearch programs;

  WorkerCommand(WorkerSettings settings, WorkerIdentity identity) {
    this.settings = settings;
    this.identity = identity;
    programs = new ProgramSearch(settings.searchPath());
  }

  /** Whether the worker sees more ids than one, where it needs a user namespace. */
  boolean mapsSubordinates() {
    return identity.uids() != null
        && identity.gids() != null
        && programs.find("newuidmap") != null
        && programs.find("newgidmap") != null;
  }

  /** What layer directories are found by that a worker of this kind makes. */
  String mappingName() {
    return settings.kind() == SandboxKind.CHROOT
        ? WorkerIdentity.ALL_IDS
        : identity.mappingName(mapsSubordinates());
  }

  /** Starts it, by the first of the ways that this machine's {@code unshare} knows. */
  Process start(WorkerFiles files) throws IOException {
    if (settings.kind() == SandboxKind.CHROOT) {
      List<String> bare = java(files);
      bare.add(MAIN);
      return builder(bare).start();
    }
    Path unshare = programs.find("unshare");
    if (unshare == null) {
      throw new SandboxException(
          "steps cannot run on this machine: 'unshare' not found", "install util-linux");
    }
    List<String> command = new ArrayList<>();
    command.add(unshare.toString());
    if (identity.mountsAllowed()) {
      addNamespaces(command, files);
      return builder(command).start();
    }
    if (!mapsSubordinates()) {
      command.addAll(List.of("--user", "--map-root-user"));
      addNamespaces(command, files);
      return builder(command).start();
    }
    List<String> inner = new ArrayList<>(command);
    addNamespaces(inner, files);
    return new IdMapping(identity, programs).start(command, inner, this::builder);
  }

  private void addNamespaces(List<String> command, WorkerFiles files) {
    command.addAll(NAMESPACES);
    command.add("--");
    command.addAll(java(files));
    command.add(MAIN);
  }

  /** The command line of a JVM with the worker's classes, but for the one to run. */
  List<String> java(WorkerFiles files) {
    List<String> command = new ArrayList<>();
    command.add(settings.jvm().java().toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(settings.jvm().options());
    command.add("-Djna.boot.library.path=" + files.library().getParent());
    command.add("-Djna.boot.library.name=" + WorkerFiles.libraryName(identity.architecture()));
    command.add("-cp");
    command.add(files.jar().toString());
    return command;
  }

  /** With nothing of the caller's environment. */
  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(new File("/"));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("PATH", path(settings.searchPath()));
    return builder;
  }

  private static String path(List<Path> directories) {
    StringBuilder text = new StringBuilder();
    for (Path directory : directories) {
      text.append(text.length() == 0 ? "" : ":").append(directory);
    }
    return text.toString();
  }
}
