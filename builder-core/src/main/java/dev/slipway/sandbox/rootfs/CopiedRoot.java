package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.PreparedRoot;
import dev.slipway.sandbox.StepMount;
import dev.slipway.sandbox.StepRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A root filesystem without any mount: a copy of its layers, and copies of what would be mounted.
 * What the step changed is found by comparing it with what it was.
 */
final class CopiedRoot implements StepRoot {
  private final StepRequest request;
  private final Path scratch;
  private final CopiedRoots roots;
  private CopiedRoots.@Nullable Kept taken;
  private @Nullable EntryRecord before;
  private @Nullable StandIns standIns;
  private int opened = -1;
  private boolean hasTurn;
  private boolean succeeded;

  CopiedRoot(StepRequest request, Path scratch, CopiedRoots roots) {
    this.request = request;
    this.scratch = scratch;
    this.roots = roots;
  }

  @Override
  public PreparedRoot prepare() throws IOException {
    CopiedRoots.Kept root = roots.take(request.root());
    taken = root;
    before = EntryRecord.of(root.directory());
    roots.turn().acquireUninterruptibly();
    hasTurn = true;
    opened =
        Descriptors.open(
            Descriptors.WORKING_DIRECTORY,
            PathBytes.of(root.directory()),
            Descriptors.DIRECTORY,
            0);
    StandIns placed =
        new StandIns(opened, root.directory(), Files.createDirectory(scratch.resolve("hidden")));
    standIns = placed;
    RootFilesystem.makeWorkingDirectory(request.process(), root.directory(), opened);
    CopiedMounts mounts = new CopiedMounts(placed, scratch);
    mounts.placeAlways(request.process());
    for (StepMount mount : request.mounts()) {
      mounts.place(mount);
    }
    return new PreparedRoot(root.directory(), List.of());
  }

  @Override
  public void release() throws IOException {
    try {
      if (standIns != null) {
        standIns.remove();
      }
    } finally {
      if (hasTurn) {
        roots.turn().release();
      }
    }
  }

  @Override
  public Path changes() throws IOException {
    CopiedRoots.Kept root = Objects.requireNonNull(taken);
    ChangeCollector.collect(
        root.directory(),
        Objects.requireNonNull(before),
        Objects.requireNonNull(standIns).inodes(),
        request.upper());
    succeeded = true;
    return request.upper();
  }

  @Override
  public List<MadeMountPoint> made() {
    return List.of();
  }

  @Override
  public void close() throws IOException {
    if (standIns != null) {
      standIns.close();
    }
    if (opened >= 0) {
      Descriptors.close(opened);
    }
    CopiedRoots.Kept root = taken;
    if (root != null && succeeded) {
      roots.keep(root, request.upper());
    } else if (root != null) {
      roots.discard(root);
    }
  }
}
