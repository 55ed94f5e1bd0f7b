package dev.slipway.sandbox.chroot;

import dev.slipway.linux.Credentials;
import dev.slipway.linux.Errno;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Mounts;
import dev.slipway.linux.Processes;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.ResourceLimit;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.filter.ContainerCapability;
import dev.slipway.sandbox.filter.SystemCallFilter;
import dev.slipway.sandbox.process.ProgramStart;
import dev.slipway.sandbox.process.StepUser;
import dev.slipway.sandbox.process.WorkingDirectory;
import java.io.IOException;

/** Turns a process of its own, which {@link ChrootSandbox} has started, into a step's program. */
public final class ChrootedProgram {
  private static final int SELF = 0;

  private ChrootedProgram() {}

  /**
   * Does not return.
   *
   * @throws SandboxException where the program cannot be executed
   */
  public static void execute(String root, ProcessSpec process) throws IOException {
    Mounts.umask(022);
    for (ProcessSpec.Ulimit limit : process.ulimits()) {
      set(limit);
    }
    Mounts.changeDirectory(root);
    Mounts.changeRootToWorkingDirectory();
    Mounts.changeDirectory("/");
    WorkingDirectory.enter(process.workingDirectory());
    if (process.security() == ProcessSpec.Security.SANDBOX) {
      confine();
    }
    StepUser.become(process);
    new ProgramStart(
            process,
            program -> {
              Processes.execute(program);
              return SELF;
            })
        .start();
  }

  private static void set(ProcessSpec.Ulimit limit) {
    ResourceLimit resource = ResourceLimit.of(limit.name());
    if (resource == null) {
      throw new SandboxException("unknown limit '" + limit.name() + "'");
    }
    try {
      Processes.limit(SELF, resource.number(), limit.soft(), limit.hard());
    } catch (LinuxException e) {
      throw limit.refusal(e.reason(), e);
    }
  }

  /** As far as a container lets its root; it has a filter of its own. */
  private static void confine() throws LinuxException {
    try {
      Credentials.limitCapabilities(ContainerCapability.bits());
    } catch (LinuxException e) {
      if (e.errno() != Errno.EPERM) {
        throw e;
      }
    }
    try {
      Credentials.filterSystemCalls(SystemCallFilter.program());
    } catch (LinuxException e) {
      if (e.errno() != Errno.EACCES && e.errno() != Errno.EPERM) {
        throw e;
      }
    }
  }
}
