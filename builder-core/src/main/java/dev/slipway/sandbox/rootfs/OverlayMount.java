package dev.slipway.sandbox.rootfs;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Mounts;
import dev.slipway.sandbox.LayerStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mounts a stack of layers as one file system. The kernel takes the whole of an overlay's options
 * in one page: layers are named relative to the working directory, all else by descriptor, and a
 * stack that is too long even so is mounted in two overlays, one on the other.
 */
final class OverlayMount {
  /** What of a page is left for the names of layers. */
  private static final int NAMES_SIZE = 3700;

  /**
   * Extended attributes of the {@code user} kind work in a user namespace too, and without {@code
   * nofollow} a hostile layer could redirect a directory. Nothing is synced: a step that a power
   * cut interrupts is run again.
   */
  private static final String OPTIONS =
      "userxattr,redirect_dir=nofollow,metacopy=off,index=off,xino=off";

  private final Path scratch;
  private final Path stubs;

  /**
   * @param scratch an empty directory of this mount's own
   * @param stubs a directory that lies below all layers
   */
  OverlayMount(Path scratch, Path stubs) {
    this.scratch = scratch;
    this.stubs = stubs;
  }

  /**
   * Mounts on {@code target}; changes the thread's working directory.
   *
   * @param upper where changes go, or null for a mount without changes
   * @param work beside {@code upper} and empty
   */
  void mount(LayerStack stack, @Nullable Path upper, @Nullable Path work, Path target)
      throws IOException {
    try (OpenedDirectories opened = new OpenedDirectories()) {
      String bottom = opened.name(stubs);
      Mounts.changeDirectory(stack.folder().toString());
      List<String> names = Whiteout.shown(stack);
      int fitting = fitting(names);
      if (fitting < names.size()) {
        Path tail = Files.createDirectory(scratch.resolve("tail"));
        mountOverlay(lowers(names.subList(fitting, names.size()), bottom), "", tail);
        bottom = opened.name(tail);
        names = names.subList(0, fitting);
      }
      String options = "";
      if (upper != null && work != null) {
        options = ",volatile,upperdir=" + opened.name(upper) + ",workdir=" + opened.name(work);
      } else if (names.isEmpty()) {
        // an overlay without changes wants two directories
        bottom += ":" + opened.name(Files.createDirectory(scratch.resolve("nothing")));
      }
      mountOverlay(lowers(names, bottom), options, target);
    }
  }

  private static int fitting(List<String> names) {
    int size = 0;
    for (int i = 0; i < names.size(); i++) {
      size += names.get(i).length() + 1;
      if (size > NAMES_SIZE) {
        return i;
      }
    }
    return names.size();
  }

  private static String lowers(List<String> names, String bottom) {
    List<String> all = new ArrayList<>(names);
    all.add(bottom);
    return String.join(":", all);
  }

  private static void mountOverlay(String lowers, String more, Path target) throws LinuxException {
    Mounts.mount(
        "overlay", target.toString(), "overlay", 0, OPTIONS + ",lowerdir=" + lowers + more);
  }

  /** Directories under names that are short and need no quoting. */
  private static final class OpenedDirectories implements AutoCloseable {
    private final List<Integer> opened = new ArrayList<>();

    String name(Path directory) throws LinuxException {
      int descriptor = Descriptors.openPlace(directory);
      opened.add(descriptor);
      return "/proc/self/fd/" + descriptor;
    }

    @Override
    public void close() {
      opened.forEach(Descriptors::close);
    }
  }
}
