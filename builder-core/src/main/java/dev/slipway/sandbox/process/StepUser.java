package dev.slipway.sandbox.process;

import dev.slipway.linux.Credentials;
import dev.slipway.linux.LinuxException;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.SandboxException;

/** Who a step's program runs as. */
public final class StepUser {
  private StepUser() {}

  /** Makes the calling thread the process' user, for good. */
  public static void become(ProcessSpec process) throws LinuxException {
    try {
      Credentials.become(process.uid(), process.gid(), process.groups());
    } catch (LinuxException e) {
      throw new SandboxException(
          "cannot run the step as user "
              + Integer.toUnsignedString(process.uid())
              + ", group "
              + Integer.toUnsignedString(process.gid())
              + ": "
              + e.reason(),
          "an ordinary user's builds have as many ids as /etc/subuid and /etc/subgid give him:"
              + " usermod --add-subuids 100000-165535 --add-subgids 100000-165535 NAME",
          e);
    }
  }
}
