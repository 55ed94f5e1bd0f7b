package dev.slipway.worker;

import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.bubblewrap.BubblewrapSandbox;
import dev.slipway.sandbox.namespaces.HostPrograms;
import dev.slipway.sandbox.namespaces.NamespaceSandbox;
import dev.slipway.sandbox.runc.RuntimeSandbox;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Makes the driver that was asked for. */
final class Sandboxes {
  private Sandboxes() {}

  static Sandbox make(SandboxKind kind, ProgramSearch programs) {
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
      case CHROOT ->
          throw new SandboxException(
              "the driver 'chroot' is not supported yet", "use --sandbox=auto");
    };
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
