package dev.slipway.inspect.start;

import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.Platform;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.TreePath;
import java.util.ArrayList;
import java.util.Collection;
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

  /**
   * The same image as a process sees it that is started in another environment or directory.
   *
   * @param environment as of ENV
   * @param directory seen from the one before; null for that one
   */
  Inspection in(List<String> environment, @Nullable String directory) {
    ContainerConfig.Builder changed = container.toBuilder().env(environment);
    if (directory == null) {
      return new Inspection(
          platform, changed.build(), tree, programs, libraries, repairs, needs, findings, who);
    }
    TreePath place = programs.absolute(directory);
    return new Inspection(
        platform,
        changed.workingDir(place.toString()).build(),
        tree,
        programs.in(place),
        libraries.in(place),
        repairs,
        needs,
        findings,
        who);
  }

  /**
   * The same as a process sees it that is started with other values of some variables.
   *
   * @param assignments each as {@code NAME=value}
   */
  Inspection with(List<String> assignments) {
    if (assignments.isEmpty()) {
      return this;
    }
    List<String> environment = new ArrayList<>(container.env());
    for (String each : assignments) {
      String name = each.substring(0, each.indexOf('=') + 1);
      environment.removeIf(variable -> variable.startsWith(name));
      environment.add(each);
    }
    return in(environment, null);
  }

  /** Whether what is there comes from elsewhere when it counts. */
  boolean isOfAVolume(String file) {
    TreePath path = programs.absolute(file);
    for (String volume : container.volumes()) {
      if (path.startsWith(programs.absolute(volume))) {
        return true;
      }
    }
    return false;
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
   * Tells of files that are missing.
   *
   * @param problem what comes of it
   * @param repair lines that copy them
   * @param otherwise advice where there are no such lines
   */
  void lacks(
      String problem, Collection<String> files, List<String> repair, @Nullable String otherwise) {
    String message = problem + ": the image lacks " + String.join(", ", files);
    findings.add(new StartFinding(true, message, repair, repair.isEmpty() ? otherwise : null));
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
