package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.ExtendedAttributes;
import dev.slipway.linux.FileStatus;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.LayerStack;
import dev.slipway.sandbox.PreparedRoot;
import dev.slipway.sandbox.PreparedRoot.Attachment;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.StepMount;
import dev.slipway.sandbox.StepRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a step's root filesystem together. Everything is mounted in the calling thread's mount
 * namespace and goes away with it.
 */
public final class RootFilesystem implements StepRoot {
  /** On a layer directory whose root carries the metadata of {@code /} that the layer states. */
  public static final String ROOT_STATED = "user.slipway.root";

  private static final List<String> OF_THE_KERNEL = List.of("/dev/", "/proc/", "/sys/");

  private final StepRequest request;
  private final Path scratch;
  private final Path stubs;
  private Path upper;
  private final MadeMountPoints made = new MadeMountPoints();

  /**
   * @param scratch an empty directory in memory, removed by the caller when the step has ended
   * @param stubs what {@link #makeStubs} made
   */
  public RootFilesystem(StepRequest request, Path scratch, Path stubs) {
    this.request = request;
    upper = request.upper();
    this.scratch = scratch;
    this.stubs = stubs;
  }

  /**
   * Makes the places that every step mounts on. As the bottom layer of each root filesystem they
   * are there without a change to it.
   */
  public static void makeStubs(Path directory) throws IOException {
    for (String name : new String[] {"dev", "etc", "proc", "sys"}) {
      Files.createDirectory(directory.resolve(name));
    }
    Files.createFile(directory.resolve("etc/hosts"));
    Files.createFile(directory.resolve("etc/resolv.conf"));
  }

  /** Mounts the root and what belongs in it, but for what lies in the kernel's file systems. */
  @Override
  public PreparedRoot prepare() throws IOException {
    Path root = Files.createDirectory(scratch.resolve("root"));
    copyRootMetadata(request.root(), request.upper());
    mountOverlay(root);
    NetworkFiles network = NetworkFiles.write(scratch, request.process());
    List<Attachment> late = new ArrayList<>();
    int opened = Descriptors.openPlace(root);
    try {
      makeWorkingDirectory(request.process(), root, opened);
      MountTargets targets = new MountTargets(root, opened);
      targets.attach(new Attachment("/etc/hosts", network.hosts(), true));
      targets.attach(new Attachment("/etc/resolv.conf", network.resolver(), true));
      MountSources sources = new MountSources(scratch, stubs, request.work());
      for (StepMount mount : request.mounts()) {
        Attachment attachment = sources.prepare(mount);
        if (isOfTheKernel(attachment.target())) {
          late.add(attachment);
        } else {
          if (mount instanceof StepMount.Tmpfs) {
            takeMode(targets.find(attachment.target()), attachment.source());
          }
          targets.attach(attachment);
        }
      }
      made.remember(upper, targets.made());
    } finally {
      Descriptors.close(opened);
    }
    return new PreparedRoot(root, late);
  }

  /** As runtimes do: memory that is mounted on a directory looks like it, but is root's. */
  private static void takeMode(@Nullable FileStatus covered, Path memory) throws LinuxException {
    if (covered != null && covered.isDirectory()) {
      byte[] path = PathBytes.of(memory);
      Inodes.changeMode(Descriptors.WORKING_DIRECTORY, path, covered.permissions());
    }
  }

  /** An upper directory on an overlay or on NFS is refused; then it is one in memory. */
  private void mountOverlay(Path root) throws IOException {
    Path work = Files.createDirectory(request.work().resolve("root"));
    try {
      new OverlayMount(scratch, stubs).mount(request.root(), upper, work, root);
    } catch (LinuxException e) {
      if (e.errno() != Errno.EINVAL) {
        throw e;
      }
      Path memory = Files.createDirectory(scratch.resolve("memory"));
      upper = Files.createDirectory(memory.resolve("upper"));
      copyRootMetadata(request.root(), upper);
      Path memoryWork = Files.createDirectory(memory.resolve("work"));
      new OverlayMount(memory, stubs).mount(request.root(), upper, memoryWork, root);
    }
  }

  /** The kernel takes the mounts away with the step's thread. */
  @Override
  public void release() {}

  /** All of it lies in the scratch directory or belongs to the request. */
  @Override
  public void close() {}

  /** Without the mount points, but for those that the step has renamed or put something into. */
  @Override
  public Path changes() throws IOException {
    made.remove(upper);
    return upper;
  }

  /** As BuildKit does: an earlier step may have removed it. */
  static void makeWorkingDirectory(ProcessSpec process, Path root, int opened) {
    String directory = process.workingDirectory();
    if (!isOfTheKernel(directory)) {
      try {
        MountTargets.makeDirectory(root, opened, directory);
      } catch (LinuxException e) {
        // Entering it will fail, with better words.
      }
    }
  }

  @Override
  public List<MadeMountPoint> made() {
    return made.points();
  }

  private static boolean isOfTheKernel(String target) {
    String normal = Path.of(target).normalize() + "/";
    for (String prefix : OF_THE_KERNEL) {
      if (normal.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** The root of an overlay shows the metadata of the upper directory, never of a lower one. */
  static void copyRootMetadata(LayerStack stack, Path upper) throws IOException {
    byte[] target = PathBytes.of(upper);
    int here = Descriptors.WORKING_DIRECTORY;
    ExtendedAttributes.set(target, ROOT_STATED, PathBytes.of("y"));
    Inodes.changeMode(here, target, 0755);
    for (String name : stack.names()) {
      byte[] lower = PathBytes.of(stack.folder().resolve(name).toString());
      if (ExtendedAttributes.get(lower, ROOT_STATED) != null) {
        copyMetadata(lower, target);
        return;
      }
    }
  }

  private static void copyMetadata(byte[] from, byte[] target) throws LinuxException {
    int here = Descriptors.WORKING_DIRECTORY;
    FileStatus status = Inodes.status(here, from);
    Inodes.changeOwner(here, target, status.uid(), status.gid());
    Inodes.changeMode(here, target, status.permissions());
    Inodes.changeTime(here, target, status.mtimeSeconds(), status.mtimeNanos());
  }
}
