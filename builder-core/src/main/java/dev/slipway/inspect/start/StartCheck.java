package dev.slipway.inspect.start;

import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.Healthcheck;
import dev.slipway.oci.ImageConfig;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the command of an image can be executed and loaded, without executing anything. Of
 * files only headers and what loaders read are looked at.
 */
public final class StartCheck {
  private static final List<String> SHELL = List.of("/bin/sh", "-c");

  private final ImageConfig config;
  private final ContainerConfig container;
  private final FileTreeBuilder tree;
  private final AtHand atHand;
  private final Repairs repairs;
  private final NeedsTally needs = new NeedsTally();
  private final List<StartFinding> findings = new ArrayList<>();

  private StartCheck(FileTree tree, ImageConfig config, AtHand atHand, List<StageTree> stages) {
    this.atHand = atHand;
    this.config = config;
    this.container = config.config();
    this.repairs = new Repairs(stages, config.platform());
    // What can be repaired is put into this tree, so that the check goes on behind it.
    this.tree = new FileTreeBuilder(tree);
    for (String mount : Inspection.MOUNTS) {
      this.tree.clear(TreePath.of(mount));
    }
  }

  /**
   * Checks ENTRYPOINT and CMD, HEALTHCHECK, USER and WORKDIR.
   *
   * @param stages in the order in which they are asked for what is missing
   * @return what was found; an image without a command has nothing to check
   * @throws IOException if a file of the image or of a stage cannot be read
   */
  public static StartReport check(
      FileTree tree, ImageConfig config, AtHand atHand, List<StageTree> stages) throws IOException {
    if (!config.platform().os().equals("linux")) {
      return StartReport.NONE;
    }
    try {
      return new StartCheck(tree, config, atHand, stages).run();
    } catch (UncheckedIOException e) {
      throw e.getCause(); // read in the middle of searches by path, which know no checked ones
    }
  }

  private StartReport run() {
    List<String> command = new ArrayList<>(container.entrypoint());
    if (command.equals(List.of(""))) {
      // Docker's way to say that there is none.
      command.clear();
    }
    command.addAll(container.cmd());
    if (command.isEmpty()) {
      return StartReport.NONE;
    }
    TreePath workingDirectory = TreePath.of(container.workingDir());
    Identity identity = identity(container.user());
    Inspection inspection =
        new Inspection(
            config.platform(),
            container,
            tree,
            new ImageFiles(tree, identity, workingDirectory, atHand.programs()),
            new ImageFiles(tree, identity, workingDirectory, atHand.libraries()),
            repairs,
            needs,
            findings,
            "USER");
    checkMounts(inspection);
    checkWorkingDirectory(inspection.programs());
    List<String> shell = container.shell().isEmpty() ? SHELL : container.shell();
    ProgramCheck programs = new ProgramCheck(inspection);
    programs.check(command, container.entrypoint().isEmpty() ? "CMD" : "ENTRYPOINT", shell);
    List<String> probe = probe(shell);
    if (!probe.isEmpty()) {
      int before = findings.size();
      programs.check(probe, "HEALTHCHECK", shell);
      // The container runs, and is never healthy.
      findings.subList(before, findings.size()).replaceAll(StartFinding::asPossible);
    }
    checkTimeZone(inspection);
    return new StartReport(findings, needs.needs());
  }

  private Identity identity(String user) {
    ImageFiles all = new ImageFiles(tree, Identity.ROOT, TreePath.ROOT, atHand.libraries());
    UserLookup.Answer answer = new UserLookup(all).identity(user);
    if (answer.identity() != null) {
      if (user.indexOf(':') != user.lastIndexOf(':')) {
        findings.add(
            StartFinding.possible(
                "USER \""
                    + user
                    + "\" has a second colon: Docker passes over what is behind it,"
                    + " containerd refuses it",
                "USER name:group"));
      }
      return answer.identity();
    }
    boolean hasAccounts = all.entry("/etc/passwd") != null || all.entry("/etc/group") != null;
    UserRepair repair = UserRepair.find(user, hasAccounts, maker(all), repairs);
    findings.add(
        new StartFinding(
            true,
            "USER \"" + user + "\" cannot be used: " + answer.problem(),
            repair.lines(),
            repair.advice()));
    return repair.identity();
  }

  /** The command that makes a user, up to its name; null where the image has none. */
  private static @Nullable String maker(ImageFiles files) {
    if (files.file("/usr/sbin/useradd").isPresent()) {
      return "useradd --system ";
    }
    return files.file("/usr/sbin/adduser").isPresent() || files.file("/sbin/adduser").isPresent()
        ? "adduser -S -D "
        : null;
  }

  /** Of a link runtimes follow only that in place of {@code /dev}. */
  private void checkMounts(Inspection inspection) {
    for (String mount : Inspection.MOUNTS) {
      Entry entry = tree.find(TreePath.of(mount));
      if (entry instanceof Symlink && mount.equals("/dev")) {
        entry = inspection.programs().entry(mount);
      }
      if (entry != null && !(entry instanceof Directory)) {
        inspection.certain(
            "\"" + mount + "\" is no directory in the image: runtimes cannot mount theirs over it",
            "take it away, or put it elsewhere");
      }
    }
  }

  /** One that is missing is made by runtimes. */
  private void checkWorkingDirectory(ImageFiles files) {
    String directory = container.workingDir();
    Entry entry = directory.isEmpty() ? null : files.entry(directory);
    if (entry != null && !(entry instanceof Directory)) {
      findings.add(
          StartFinding.certain(
              "WORKDIR \"" + directory + "\" is no directory in the image",
              "name another WORKDIR, or copy the file elsewhere"));
    } else if (entry == null && !directory.isEmpty() && !files.canBeMade(directory)) {
      findings.add(
          StartFinding.certain(
              "WORKDIR \"" + directory + "\" is not in the image and cannot be made there", null));
    } else if (entry == null && !directory.isEmpty()) {
      findings.add(
          StartFinding.possible(
              "WORKDIR \""
                  + directory
                  + "\" is not in the image: Docker and runc make it as root, other runtimes need"
                  + " not",
              null));
    }
  }

  private List<String> probe(List<String> shell) {
    Healthcheck healthcheck = container.healthcheck();
    List<String> test = healthcheck == null ? List.of() : healthcheck.test();
    if (test.size() < 2) {
      return List.of();
    }
    List<String> command = new ArrayList<>(test.get(0).equals("CMD") ? List.of() : shell);
    command.addAll(test.subList(1, test.size()));
    return command;
  }

  /** A zone in POSIX's own notation, as {@code CET-1CEST}, needs no file. */
  private void checkTimeZone(Inspection inspection) {
    String zone = container.envValue("TZ");
    if (zone == null || zone.indexOf('/') < 0) {
      return;
    }
    needs.timeZones();
    String name = zone.startsWith(":") ? zone.substring(1) : zone;
    String file = name.startsWith("/") ? name : "/usr/share/zoneinfo/" + name;
    if (inspection.programs().entry(file) != null) {
      return;
    }
    Optional<Repairs.Copy> copy = repairs.find(file, null);
    inspection.possible(
        "TZ is \"" + zone + "\", but the image has no \"" + file + "\": times will be UTC",
        copy.isEmpty() ? List.of() : CopyLines.of(copy.get(), file).lines(),
        copy.isEmpty() ? "install tzdata in a stage, and copy the file from it" : null);
  }
}
