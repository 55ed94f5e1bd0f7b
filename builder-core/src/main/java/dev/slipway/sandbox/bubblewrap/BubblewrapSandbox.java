package dev.slipway.sandbox.bubblewrap;

import dev.slipway.linux.Credentials;
import dev.slipway.linux.Descriptors;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Mounts;
import dev.slipway.linux.Processes;
import dev.slipway.linux.Processes.Program;
import dev.slipway.linux.TransferBuffer;
import dev.slipway.sandbox.Ending;
import dev.slipway.sandbox.PreparedRoot;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.filter.ContainerCapability;
import dev.slipway.sandbox.filter.KernelPaths;
import dev.slipway.sandbox.filter.SystemCallFilter;
import dev.slipway.sandbox.rootfs.StepProgramLookup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Isolates with {@code bwrap}. It always sets no-new-privileges, so that setuid programs of a step
 * get nothing, and a step of another user than root runs in a user namespace with that one id.
 */
public final class BubblewrapSandbox implements Sandbox {
  private final Path program;
  private final long[] filter = SystemCallFilter.program();

  public BubblewrapSandbox(Path program) {
    this.program = program;
  }

  @Override
  public SandboxKind kind() {
    return SandboxKind.BUBBLEWRAP;
  }

  @Override
  public int run(PreparedRoot root, ProcessSpec process, Streams streams, Ending ending)
      throws IOException {
    if (!process.ulimits().isEmpty()) {
      throw new SandboxException(
          "bubblewrap cannot limit a step's resources", "use --sandbox=namespaces or runc");
    }
    StepProgramLookup.check(root, process);
    List<String> command;
    if (process.uid() == 0) {
      command = command(root.path(), root, process);
    } else {
      command = command(showToEverybody(root.path()), root, process);
      Credentials.become(process.uid(), process.gid(), process.groups());
    }
    int pid = spawn(command, streams);
    ending.onRequest(() -> kill(pid));
    try {
      return Processes.await(pid);
    } finally {
      ending.done();
    }
  }

  private int spawn(List<String> command, Streams streams) throws IOException {
    int[] pipe = Descriptors.pipe();
    try {
      byte[] instructions = littleEndian(filter);
      try (TransferBuffer buffer = new TransferBuffer(instructions.length)) {
        buffer.write(pipe[1], instructions, 0, instructions.length); // far less than a pipe holds
      } finally {
        Descriptors.close(pipe[1]);
      }
      // with no environment: the image's variables must not reach a program of the host
      return Processes.spawn(
          Program.of(program.toString(), command, List.of()),
          -1,
          streams.output(),
          streams.error(),
          pipe[0]);
    } finally {
      Descriptors.close(pipe[0]);
    }
  }

  private static byte[] littleEndian(long[] instructions) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * instructions.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(instructions);
    return bytes.array();
  }

  /** Another user than root may not be able to walk to where the root is mounted. */
  private static Path showToEverybody(Path root) throws IOException {
    for (String candidate : List.of("/mnt", "/media", "/srv", "/opt")) {
      Path place = Path.of(candidate);
      if (Files.isDirectory(place)) {
        Mounts.bind(root.toString(), candidate);
        return place;
      }
    }
    throw new SandboxException(
        "bubblewrap cannot run a step of another user than root here: no '/mnt' to mount on",
        "use --sandbox=namespaces");
  }

  private List<String> command(Path shown, PreparedRoot root, ProcessSpec process) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program.getFileName().toString(), "--die-with-parent"));
    command.addAll(List.of("--new-session", "--unshare-pid", "--unshare-ipc", "--unshare-uts"));
    command.addAll(List.of("--unshare-cgroup-try", "--hostname", process.hostname()));
    if (process.network() == ProcessSpec.Network.NONE) {
      command.add("--unshare-net");
    }
    if (process.uid() != 0) {
      String uid = Integer.toUnsignedString(process.uid());
      String gid = Integer.toUnsignedString(process.gid());
      command.addAll(List.of("--unshare-user", "--uid", uid, "--gid", gid));
    }
    command.addAll(List.of("--bind", shown.toString(), "/"));
    command.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--ro-bind", "/sys", "/sys"));
    if (!root.hasAttachmentAt(PreparedRoot.SHARED_MEMORY)) {
      command.addAll(List.of("--perms", "1777", "--size", Long.toString(ProcessSpec.SHM_SIZE)));
      command.addAll(List.of("--tmpfs", PreparedRoot.SHARED_MEMORY));
    }
    for (PreparedRoot.Attachment attachment : root.attachments()) {
      command.add(attachment.readOnly() ? "--ro-bind" : "--bind");
      command.add(attachment.source().toString());
      command.add(attachment.target());
    }
    if (process.security() == ProcessSpec.Security.SANDBOX) {
      hide(command);
      command.addAll(List.of("--seccomp", "3"));
      command.addAll(List.of("--cap-drop", "ALL"));
      if (process.uid() == 0) {
        for (ContainerCapability capability : ContainerCapability.values()) {
          command.addAll(List.of("--cap-add", capability.label()));
        }
      }
    }
    for (String variable : process.environment()) {
      int equals = variable.indexOf('=');
      String name = variable.substring(0, equals);
      command.addAll(List.of("--setenv", name, variable.substring(equals + 1)));
    }
    command.addAll(List.of("--chdir", process.workingDirectory(), "--"));
    command.addAll(process.argv());
    return command;
  }

  private static void hide(List<String> command) {
    for (String path : KernelPaths.HIDDEN) {
      Path onHost = Path.of("/" + path);
      if (Files.isDirectory(onHost)) {
        command.addAll(List.of("--tmpfs", onHost.toString()));
      } else if (Files.exists(onHost)) {
        command.addAll(List.of("--ro-bind", "/dev/null", onHost.toString()));
      }
    }
    for (String path : KernelPaths.READ_ONLY) {
      command.addAll(List.of("--ro-bind-try", "/" + path, "/" + path));
    }
  }

  private static void kill(int pid) {
    try {
      Processes.kill(pid, Processes.SIGKILL);
    } catch (LinuxException e) {
      // it has ended by itself
    }
  }
}
