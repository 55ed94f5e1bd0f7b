package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.FileId;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.LayerStack;
import dev.slipway.sandbox.StepRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Root filesystems that are plain copies of layers. The last few that steps have left are kept, for
 * the next step of a stage to go on in. Thread-safe.
 */
public final class CopiedRoots {
  /** Each is a whole root filesystem on disk. */
  private static final int MOST_KEPT = 2;

  private final Path scratch;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private final Semaphore turn = new Semaphore(1);
  private int count;

  /**
   * A directory that shows layers.
   *
   * @param layers their directories, wherever these are moved; the topmost first
   */
  record Kept(Path directory, List<FileId> layers) {}

  /**
   * @param scratch a directory on the file system of layers
   */
  public CopiedRoots(Path scratch) {
    this.scratch = scratch;
  }

  /**
   * @param stepScratch an empty directory on the same file system
   */
  public StepRoot root(StepRequest request, Path stepScratch) {
    return new CopiedRoot(request, stepScratch, this);
  }

  /** Held while a step runs: without namespaces of their own, two would get in each other's way. */
  Semaphore turn() {
    return turn;
  }

  /** A directory that shows the layers, the caller's alone. */
  Kept take(LayerStack stack) throws IOException {
    List<FileId> layers = new ArrayList<>();
    for (String name : stack.names()) {
      layers.add(idOf(stack.folder().resolve(name)));
    }
    Kept found = takeKept(layers);
    Path directory = found == null ? newDirectory() : found.directory();
    int missing = layers.size() - (found == null ? 0 : found.layers().size());
    if (found == null || missing > 0) {
      LayerCopy.apply(stack, missing, directory);
    }
    return new Kept(directory, layers);
  }

  private synchronized @Nullable Kept takeKept(List<FileId> layers) {
    Kept best = null;
    for (Kept each : kept) {
      int size = each.layers().size();
      boolean fits =
          size <= layers.size()
              && layers.subList(layers.size() - size, layers.size()).equals(each.layers());
      if (fits && (best == null || size > best.layers().size())) {
        best = each;
      }
    }
    if (best != null) {
      kept.remove(best);
    }
    return best;
  }

  private synchronized Path newDirectory() throws IOException {
    Path made = Files.createDirectory(scratch.resolve("root" + count++));
    Inodes.changeMode(Descriptors.WORKING_DIRECTORY, PathBytes.of(made), 0755);
    return made;
  }

  /**
   * Keeps a directory for a step that goes on in it.
   *
   * @param upper the layer that the directory shows above those that it was taken for
   */
  void keep(Kept taken, Path upper) throws IOException {
    List<FileId> layers = new ArrayList<>();
    layers.add(idOf(upper));
    layers.addAll(taken.layers());
    List<Kept> tooMany = new ArrayList<>();
    synchronized (this) {
      kept.addFirst(new Kept(taken.directory(), layers));
      Iterator<Kept> oldest = kept.descendingIterator();
      while (kept.size() > MOST_KEPT) {
        tooMany.add(oldest.next());
        oldest.remove();
      }
    }
    for (Kept each : tooMany) {
      discard(each);
    }
  }

  void discard(Kept taken) throws LinuxException {
    TreeRemoval.remove(taken.directory());
  }

  private static FileId idOf(Path directory) throws LinuxException {
    return Inodes.status(Descriptors.WORKING_DIRECTORY, PathBytes.of(directory)).id();
  }
}
