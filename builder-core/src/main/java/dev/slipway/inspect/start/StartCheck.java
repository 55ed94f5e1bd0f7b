package dev.slipway.inspect.start;

import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.Healthcheck;
import dev.slipway.oci.ImageConfig;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the command of an image can be executed and loaded, without executing anything. Of
 * files only headers and what loaders read are looked at.
 */
public final class StartCheck {
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final ImageConfig config;
  private final FileTreeBuilder tree;
  private final Predicate<RegularFile> atHand;
  private final List<StartFinding> findings = new ArrayList<>();

  private StartCheck(FileTree tree, ImageConfig config, Predicate<RegularFile> atHand) {
    this.atHand = atHand;
    this.config = config;
    // What can be repaired is put into this tree, so that the check goes on behind it.
    this.tree = new FileTreeBuilder(tree);
  }

  /**
   * Checks ENTRYPOINT and CMD, HEALTHCHECK, USER and WORKDIR.
   *
   * @param atHand whether the content of a file may be read; of others it is assumed that they are
   *     what their place says, so that a base image need not be fetched
   * @param stages in the order in which they are asked for what is missing
   * @return what was found; an image without a command has nothing to check
   * @throws dev.slipway.diagnostic.BuildException if files cannot be read
   */
  public static List<StartFinding> check(
      FileTree tree, ImageConfig config, Predicate<RegularFile> atHand, List<StageTree> stages) {
    if (!config.platform().os().equals("linux")) {
      return List.of();
    }
    StartCheck check = new StartCheck(tree, config, atHand);
    check.run(new Repairs(stages));
    return List.copyOf(check.findings);
  }

  private void run(Repairs repairs) {
    ContainerConfig container = config.config();
    List<String> command = new ArrayList<>(container.entrypoint());
    command.addAll(container.cmd());
    if (command.isEmpty()) {
      return;
    }
    TreePath workingDirectory = TreePath.of(container.workingDir());
    Identity identity = identity(container.user());
    ImageFiles files = new ImageFiles(tree, identity, workingDirectory, atHand);
    checkWorkingDirectory(container.workingDir(), files);
    Environment environment =
        new Environment(
            value(container, "PATH", DEFAULT_PATH), container.envValue("LD_LIBRARY_PATH"));
    ProgramCheck programs =
        new ProgramCheck(config.platform(), tree, files, environment, repairs, findings);
    programs.check(command, container.entrypoint().isEmpty() ? "CMD" : "ENTRYPOINT");
    List<String> probe = probe(container);
    if (!probe.isEmpty()) {
      programs.check(probe, "HEALTHCHECK");
    }
    if (container.envValue("TZ") != null && files.entry("/usr/share/zoneinfo") == null) {
      findings.add(
          StartFinding.possible(
              "TZ is set, but the image has no /usr/share/zoneinfo: times will be UTC",
              "install tzdata, or copy /usr/share/zoneinfo"));
    }
  }

  /**
   * What the loader reads of the environment.
   *
   * @param libraryPath {@code LD_LIBRARY_PATH}, or null
   */
  record Environment(String path, @Nullable String libraryPath) {}

  private static String value(ContainerConfig container, String name, String otherwise) {
    String value = container.envValue(name);
    return value == null ? otherwise : value;
  }

  private Identity identity(String user) {
    ImageFiles all = new ImageFiles(tree, Identity.ROOT, TreePath.ROOT, atHand);
    Accounts.Answer answer = new Accounts(all).identity(user);
    if (answer.problem() != null) {
      findings.add(
          StartFinding.certain(
              "USER \"" + user + "\" cannot be used: " + answer.problem(),
              "name it by number, as USER 65532, or make it in the last stage"));
    }
    return answer.identity() == null ? Identity.ROOT : answer.identity();
  }

  private void checkWorkingDirectory(String directory, ImageFiles files) {
    if (directory.isEmpty()) {
      return;
    }
    Entry entry = files.entry(directory);
    if (entry != null && !(entry instanceof Directory)) {
      findings.add(
          StartFinding.certain("WORKDIR \"" + directory + "\" is no directory in the image", null));
    }
  }

  private static List<String> probe(ContainerConfig container) {
    Healthcheck healthcheck = container.healthcheck();
    List<String> test = healthcheck == null ? List.of() : healthcheck.test();
    if (test.size() < 2) {
      return List.of();
    }
    if (test.get(0).equals("CMD")) {
      return test.subList(1, test.size());
    }
    List<String> command =
        new ArrayList<>(container.shell().isEmpty() ? List.of("/bin/sh", "-c") : container.shell());
    command.addAll(test.subList(1, test.size()));
    return command;
  }
}
