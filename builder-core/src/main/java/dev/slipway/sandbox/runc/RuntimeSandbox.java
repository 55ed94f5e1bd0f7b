package dev.slipway.sandbox.runc;

import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Processes;
import dev.slipway.linux.Processes.Program;
import dev.slipway.sandbox.Ending;
import dev.slipway.sandbox.PreparedRoot;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.rootfs.StepProgramLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Isolates with an OCI runtime. The runtime runs in the step's mount namespace. */
public final class RuntimeSandbox implements Sandbox {
  private static final String CONTAINER = "step";

  private final SandboxKind kind;
  private final Path program;
  private final String searchPath;

  /**
   * @param kind runc or crun
   * @param searchPath for the runtime's own use
   */
  public RuntimeSandbox(SandboxKind kind, Path program, String searchPath) {
    this.kind = kind;
    this.program = program;
    this.searchPath = searchPath;
  }

  @Override
  public SandboxKind kind() {
    return kind;
  }

  @Override
  public int run(PreparedRoot root, ProcessSpec process, Streams streams, Ending ending)
      throws IOException {
    StepProgramLookup.check(root, process);
    Path place = Files.createDirectory(root.path().resolveSibling("bundle"));
    Path state = Files.createDirectory(root.path().resolveSibling("state"));
    Files.writeString(place.resolve("config.json"), new RuntimeBundle(root, process).config());
    List<String> command =
        List.of(
            program.getFileName().toString(),
            "--root",
            state.toString(),
            "run",
            "--bundle",
            place.toString(),
            CONTAINER);
    int pid =
        Processes.spawn(
            Program.of(
                program.toString(),
                command,
                List.of("PATH=" + searchPath, "XDG_RUNTIME_DIR=" + state)),
            -1,
            streams.output(),
            streams.error());
    ending.onRequest(() -> kill(state, pid));
    try {
      return Processes.await(pid);
    } finally {
      ending.done();
    }
  }

  /** The step's first process ends with its PID namespace; the runtime then ends by itself. */
  private static void kill(Path state, int runtime) {
    try {
      Path json = state.resolve(CONTAINER).resolve("state.json");
      Processes.kill(initProcess(Files.readString(json)), Processes.SIGKILL);
    } catch (IOException e) {
      try {
        Processes.kill(runtime, Processes.SIGKILL);
      } catch (LinuxException ended) {
        // by itself, meanwhile
      }
    }
  }

  private static int initProcess(String state) throws IOException {
    String key = "\"init_process_pid\":";
    int at = state.indexOf(key);
    int end = at + key.length();
    while (at >= 0 && end < state.length() && Character.isDigit(state.charAt(end))) {
      end++;
    }
    if (at < 0 || end == at + key.length()) {
      throw new IOException("no process in the runtime's state");
    }
    return Integer.parseInt(state.substring(at + key.length(), end));
  }
}
