package dev.slipway.sandbox.namespaces;

import dev.slipway.linux.Credentials;
import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Mounts;
import dev.slipway.linux.Namespaces;
import dev.slipway.linux.Processes;
import dev.slipway.sandbox.Ending;
import dev.slipway.sandbox.PreparedRoot;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.filter.ContainerCapabilities;
import dev.slipway.sandbox.filter.SystemCallFilter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

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
    boolean held = process.security() == ProcessSpec.Security.SANDBOX;
    isolate(process);
    PidNamespaceHolder holder = PidNamespaceHolder.start(programs, ending);
    LimitedStart limits = null;
    try {
      KernelFileSystems fileSystems = new KernelFileSystems(root, programs);
      fileSystems.mountProc();
      new DeviceDirectory(root.path()).mount(!root.hasAttachmentAt(PreparedRoot.SHARED_MEMORY));
      fileSystems.mountSys();
      if (held) {
        fileSystems.mask();
      }
      fileSystems.attach(root.attachments());
      if (!process.ulimits().isEmpty()) {
        limits = LimitedStart.prepare(limitSetter, process, holder.pid(), root.path());
      }
      holder.awaitLoaded();
      Mounts.changeDirectory(root.path().toString());
      Mounts.pivotToWorkingDirectory();
      enterWorkingDirectory(process.workingDirectory());
      if (held) {
        Credentials.limitCapabilities(ContainerCapabilities.bits());
        Credentials.filterSystemCalls(filter);
      }
      become(process);
      return Processes.await(new ProgramStart(process, limits).start(streams));
    } finally {
      if (limits != null) {
        limits.close();
      }
      holder.close();
    }
  }

  private static void isolate(ProcessSpec process) throws LinuxException {
    int flags = Namespaces.PID | Namespaces.IPC | Namespaces.UTS | Namespaces.CGROUP;
    boolean lonely = process.network() == ProcessSpec.Network.NONE;
    Namespaces.unshare(lonely ? flags | Namespaces.NETWORK : flags);
    if (lonely) {
      Namespaces.startLoopback();
    }
    Namespaces.setHostname(process.hostname());
  }

  private static void become(ProcessSpec process) throws LinuxException {
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

  /** No link of {@code /proc} is followed: it could lead to a descriptor of this program's. */
  private static void enterWorkingDirectory(String path) throws IOException {
    int directory;
    try {
      directory =
          Descriptors.openResolved(
              Descriptors.WORKING_DIRECTORY,
              path.getBytes(StandardCharsets.UTF_8),
              Descriptors.PATH | Descriptors.DIRECTORY,
              0,
              Descriptors.NO_MAGIC_LINKS);
    } catch (LinuxException e) {
      boolean link = e.errno() == Errno.ELOOP;
      throw new SandboxException(
          "cannot enter the working directory '"
              + path
              + "': "
              + (link ? "it leads through a link of /proc" : e.reason()),
          null,
          e);
    }
    try {
      Mounts.changeDirectory(directory);
    } finally {
      Descriptors.close(directory);
    }
  }
}
