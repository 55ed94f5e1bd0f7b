package dev.slipway.sandbox.namespaces;

import dev.slipway.linux.Credentials;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Mounts;
import dev.slipway.linux.Namespaces;
import dev.slipway.linux.Processes;
import dev.slipway.sandbox.Ending;
import dev.slipway.sandbox.PreparedRoot;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.filter.ContainerCapability;
import dev.slipway.sandbox.filter.SystemCallFilter;
import dev.slipway.sandbox.process.ProgramStart;
import dev.slipway.sandbox.process.StepUser;
import dev.slipway.sandbox.process.WorkingDirectory;
import java.io.IOException;

/**
 * Isolates with system calls of the calling thread. In Linux namespaces, root directory, ids,
 * capabilities and filters belong to a thread; what the thread starts inherits them, and no program
 * stands between.
 */
public final class NamespaceSandbox implements Sandbox {
  private final HostPrograms programs;
  private final long[] filter = SystemCallFilter.program();
  private final LimitSetter limitSetter = new LimitSetter();

  public NamespaceSandbox(HostPrograms programs) {
    this.programs = programs;
  }

  @Override
  public SandboxKind kind() {
    return SandboxKind.NAMESPACES;
  }

  @Override
  public int run(PreparedRoot root, ProcessSpec process, Streams streams, Ending ending)
      throws IOException {
    isolate(process);
    PidNamespaceHolder holder = PidNamespaceHolder.start(programs, ending);
    LimitedStart limits = null;
    try {
      mount(root, process);
      if (!process.ulimits().isEmpty()) {
        limits = LimitedStart.prepare(limitSetter, process, holder.pid(), root.path());
      }
      holder.awaitLoaded();
      Mounts.changeDirectory(root.path().toString());
      Mounts.pivotToWorkingDirectory();
      WorkingDirectory.enter(process.workingDirectory());
      confine(process);
      StepUser.become(process);
      LimitedStart held = limits;
      ProgramStart start =
          new ProgramStart(
              process,
              program ->
                  held == null
                      ? Processes.spawn(program, -1, streams.output(), streams.error())
                      : held.spawn(program, streams));
      return Processes.await(start.start());
    } finally {
      if (limits != null) {
        limits.close();
      }
      holder.close();
    }
  }

  private static void isolate(ProcessSpec process) throws LinuxException {
    int flags = Namespaces.PID | Namespaces.IPC | Namespaces.UTS | Namespaces.CGROUP;
    boolean lonely = isLonely(process);
    Namespaces.unshare(lonely ? flags | Namespaces.NETWORK : flags);
    if (lonely) {
      Namespaces.startLoopback();
    }
    Namespaces.setHostname(process.hostname());
  }

  private void mount(PreparedRoot root, ProcessSpec process) throws IOException {
    boolean confined = isConfined(process);
    KernelFileSystems fileSystems = new KernelFileSystems(root, programs, confined);
    if (confined) {
      fileSystems.forbidDevices();
    }
    fileSystems.mountProc();
    new DeviceDirectory(root.path(), confined)
        .mount(!root.hasAttachmentAt(PreparedRoot.SHARED_MEMORY));
    if (isLonely(process)) {
      fileSystems.mountSysOfNetwork();
    } else {
      fileSystems.mountSys();
    }
    if (confined) {
      fileSystems.mask();
    }
    fileSystems.attach(root.attachments());
  }

  private void confine(ProcessSpec process) throws IOException {
    if (isConfined(process)) {
      Credentials.limitCapabilities(ContainerCapability.bits());
      Credentials.filterSystemCalls(filter);
    }
  }

  private static boolean isConfined(ProcessSpec process) {
    return process.security() == ProcessSpec.Security.SANDBOX;
  }

  private static boolean isLonely(ProcessSpec process) {
    return process.network() == ProcessSpec.Network.NONE;
  }
}
