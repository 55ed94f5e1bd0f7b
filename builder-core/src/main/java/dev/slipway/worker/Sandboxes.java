package dev.slipway.worker;

import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.bubblewrap.BubblewrapSandbox;
import dev.slipway.sandbox.chroot.ChrootSandbox;
import dev.slipway.sandbox.namespaces.HostPrograms;
import dev.slipway.sandbox.namespaces.NamespaceSandbox;
import dev.slipway.sandbox.runc.RuntimeSandbox;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the driver that was asked for. */
final class Sandboxes {
  /** The first version of Java that writes a line to standard error for each use of JNA. */
  private static final int WARNS_OF_NATIVE_ACCESS = 24;

  private Sandboxes() {}

  /**
   * @param java the command line by which this JVM was started, without what it was to run
   */
  static Sandbox make(SandboxKind kind, ProgramSearch programs, List<String> java) {
    return switch (kind) {
      case AUTO, NAMESPACES ->
          new NamespaceSandbox(
              new HostPrograms(required("cat", programs), required("mount", programs)));
      case RUNC, CRUN ->
          new RuntimeSandbox(
              kind,
              required(kind.label(), programs),
              programs.directories().stream().map(Path::toString).collect(Collectors.joining(":")));
      case BUBBLEWRAP -> new BubblewrapSandbox(required("bwrap", programs));
      case CHROOT -> new ChrootSandbox(chrootCommand(java), Sandboxes::encode);
    };
  }

  private static List<String> chrootCommand(List<String> java) {
    List<String> command = new ArrayList<>(java);
    if (Runtime.version().feature() >= WARNS_OF_NATIVE_ACCESS) {
      // Or the warning is in the step's output. The worker itself does without this option, which
      // would slow its start down.
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add(ChrootMain.class.getName());
    return command;
  }

  private static byte[] encode(ProcessSpec process) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StepRequestCodec.writeProcess(process, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Path required(String name, ProgramSearch programs) {
    Path found = programs.find(name);
    if (found == null) {
      throw new SandboxException(
          "cannot isolate steps: '" + name + "' not found on this machine",
          "slipway doctor tells which drivers there are");
    }
    return found;
  }
}
