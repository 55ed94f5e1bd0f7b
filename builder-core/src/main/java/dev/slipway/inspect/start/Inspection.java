package dev.slipway.inspect.start;

import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.Platform;
import dev.slipway.tree.FileTreeBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One image under the check: what is looked at, and what was found so far.
 *
 * @param tree the image's files; what is repaired is put into it, so that the check goes on behind
 * @param programs the files as the container's process sees them, for what is executed
 * @param libraries the same, for what loaders read: more of it may be at hand
 * @param who names the process's user in messages
 */
record Inspection(
    Platform platform,
    ContainerConfig container,
    FileTreeBuilder tree,
    ImageFiles programs,
    ImageFiles libraries,
    Repairs repairs,
    NeedsTally needs,
    List<StartFinding> findings,
    String who) {

  /** What runtimes mount something over, so that what an image has there is not seen. */
  static final List<String> MOUNTS = List.of("/proc", "/dev", "/sys");

  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  String path() {
    String path = container.envValue("PATH");
    return path == null ? DEFAULT_PATH : path;
  }

  /** The same image as another process sees it; both tell the same list. */
  Inspection as(Identity identity, String name) {
    return new Inspection(
        platform,
        container,
        tree,
        programs.as(identity),
        libraries.as(identity),
        repairs,
        needs,
        findings,
        "\"" + name + "\"");
  }

  /** {@code LD_LIBRARY_PATH}, or null. */
  @Nullable String libraryPath() {
    return container.envValue("LD_LIBRARY_PATH");
  }

  /** {@code LD_PRELOAD}: loaders do without those that they do not find. */
  List<String> preloads() {
    String preloads = container.envValue("LD_PRELOAD");
    return preloads == null || preloads.isBlank()
        ? List.of()
        : List.of(preloads.strip().split("[ :]+"));
  }

  /** The directory over which runtimes mount their own and below which the path is; else null. */
  static @Nullable String mountAbove(String path) {
    for (String mount : MOUNTS) {
      if (path.startsWith(mount + "/")) {
        return mount;
      }
    }
    return null;
  }

  void certain(String message, @Nullable String advice) {
    findings.add(StartFinding.certain(message, advice));
  }

  /**
   * Tells of a file that only lacks the right to be executed.
   *
   * @param what begins the message
   */
  void unexecutable(String what, ImageFiles.Found file) {
    boolean root = programs.identity().uid() == 0;
    findings.add(
        new StartFinding(
            true,
            what + " is not executable" + (root ? "" : " for " + who),
            List.of(),
            "COPY --chmod=755, or chmod +x it where it is made",
            file.path().toString()));
  }

  void possible(String message, List<String> repair, @Nullable String advice) {
    findings.add(new StartFinding(false, message, repair, advice));
  }

  /** Goes on as if the line that copies it had been written already. */
  void putRepaired(Repairs.Copy copy, String destination) {
    tree.put(programs.place(destination), copy.file());
  }
}
