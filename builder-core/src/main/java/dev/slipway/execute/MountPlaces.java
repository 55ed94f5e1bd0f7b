package dev.slipway.execute;

import dev.slipway.plan.Mount;
import java.nio.file.Path;

/** The places of the kernel in a step's root filesystem, on which nothing can be mounted. */
final class MountPlaces {
  private MountPlaces() {}

  /**
   * Whether a step has what is mounted without that: {@code /dev} is memory with devices in it.
   *
   * @throws ExecutionException where the mount would take away what a step cannot do without
   */
  static boolean isThereAnyway(Mount mount) {
    String target = mount.target();
    if (target == null) {
      return false;
    }
    String place = Path.of(target).normalize().toString();
    if (place.equals("/proc")) {
      throw new ExecutionException(
          "cannot mount on '/proc', where a step sees its processes", null, null, null);
    }
    if (!place.equals("/dev")) {
      return false;
    }
    if (mount instanceof Mount.Tmpfs tmpfs && tmpfs.size() == 0 && !tmpfs.readOnly()) {
      return true;
    }
    throw new ExecutionException(
        "cannot mount on '/dev', where a step's devices are",
        null,
        "mount on a place below it, as /dev/shm; type=tmpfs with no other option is there anyway",
        null);
  }
}
