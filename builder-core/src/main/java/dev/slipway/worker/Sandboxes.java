package dev.slipway.worker;

import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.namespaces.HostPrograms;
import dev.slipway.sandbox.namespaces.NamespaceSandbox;
import java.nio.file.Path;

/** Makes the driver that was asked for. */
final class Sandboxes {
  private Sandboxes() {}

  static Sandbox make(SandboxKind kind, ProgramSearch programs) {
    switch (kind) {
      case AUTO:
      case NAMESPACES:
        Path cat = programs.find("cat");
        Path mount = programs.find("mount");
        if (cat == null || mount == null) {
          throw new SandboxException(
              "cannot isolate steps: "
                  + (cat == null ? "'cat'" : "'mount'")
                  + " not found on this machine",
              "install coreutils and util-linux");
        }
        return new NamespaceSandbox(new HostPrograms(cat, mount));
      default:
        throw new SandboxException("the driver '" + kind.label() + "' is not supported yet");
    }
  }
}
