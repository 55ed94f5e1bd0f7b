package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.inspect.start.AtHand;
import dev.slipway.inspect.start.StageTree;
import dev.slipway.inspect.start.StartCheck;
import dev.slipway.inspect.start.StartFinding;
import dev.slipway.inspect.start.StartReport;
import dev.slipway.it.Processes.Ended;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;

/** Compares what the start check says of a root directory with what runc makes of it. */
final class StartTrial {
  private static final List<String> NOT_STARTED =
      List.of(
          "runc run failed",
          "unable to start container process",
          "error while loading shared libraries",
          "Error loading shared library",
          "Error relocating",
          "version `",
          "can't open '",
          ": 0: cannot open ",
          "error: exec: ",
          "error: exec failed: ",
          "symbol lookup error",
          "illegal option",
          "env: invalid option",
          "env: unrecognized option",
          "Fatal Python error: init",
          "error: failed switching to",
          "Error: could not ",
          "Error: dl failure",
          "env: cannot change directory",
          ": cannot load ",
          ": can't open file '",
          "python: No module named ",
          "python3: No module named ",
          ": no such file or directory",
          ": operation not permitted",
          "EACCES: permission denied",
          "ERR_MODULE_NOT_FOUND",
          "npm error Missing script",
          "npm error enoent",
          "npm error code ENOENT",
          "Error: Could not ",
          "Error: Unable to ",
          "Error: Invalid or corrupt jarfile",
          "Error: Main method not found",
          "Error: LinkageError",
          "no main manifest attribute",
          "Error opening zip file",
          "java.lang.module.FindException",
          "Error: Cannot find module",
          "Error: missing `",
          "Error occurred during initialization of VM",
          "env: '",
          "env: \u2018");

  private static final List<String> DOCKERS_CAPABILITIES =
      List.of(
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_FSETID",
          "CAP_FOWNER",
          "CAP_MKNOD",
          "CAP_NET_RAW",
          "CAP_SETGID",
          "CAP_SETUID",
          "CAP_SETFCAP",
          "CAP_SETPCAP",
          "CAP_NET_BIND_SERVICE",
          "CAP_SYS_CHROOT",
          "CAP_KILL",
          "CAP_AUDIT_WRITE");

  /** 128 and SIGSEGV or SIGBUS: what comes of executing a library, and of a file cut off. */
  private static final Set<Integer> CRASHED = Set.of(139, 135);

  /** What shells, env, tini and their kin end with where there is nothing to execute. */
  private static final int NOT_EXECUTABLE = 126;

  private static final int NOT_FOUND = 127;

  private final StringBuilder table =
      new StringBuilder("program                            state      check        runc\n");
  private final List<String> wrong = new ArrayList<>();
  private final List<StageTree> stages;
  private final boolean followed;
  private String spec = "";
  private final AtomicInteger runs = new AtomicInteger();

  /**
   * @param stages that repairs may come from
   * @param followed whether what the program is told to start in its turn has to start too
   */
  StartTrial(List<StageTree> stages, boolean followed) {
    this.stages = stages;
    this.followed = followed;
  }

  /**
   * What came of a trial.
   *
   * @param line of the table
   */
  record Tried(StartReport report, String line, boolean right) {}

  /** Tries it, and puts it into the table. */
  StartReport compare(
      String name, String state, Path bundle, ContainerConfig container, boolean mustStart)
      throws IOException {
    Tried tried = tried(name, state, bundle, container, mustStart);
    add(tried);
    return tried.report();
  }

  /**
   * May be called by many threads at a time.
   *
   * @param name of what is tried
   * @param state in which it is
   * @param bundle a directory with a {@code rootfs}
   * @param container a user in it goes by number
   * @param mustStart whether it is wrong, too, if both agree that it does not
   */
  Tried tried(String name, String state, Path bundle, ContainerConfig container, boolean mustStart)
      throws IOException {
    ImageConfig config =
        new ImageConfig(
            new Platform("linux", System.getProperty("os.arch")),
            "",
            "",
            container,
            List.of(),
            List.of(),
            Map.of());
    StartReport report =
        StartCheck.check(
            HostTree.read(bundle.resolve("rootfs"), path -> true), config, AtHand.ALL, stages);
    Ended ended = run(bundle, container);
    String program = container.cmd().get(0);
    boolean happened =
        !CRASHED.contains(ended.exitCode())
            && (!followed || ended.exitCode() != NOT_EXECUTABLE && ended.exitCode() != NOT_FOUND)
            && (!followed || !ended.errors().contains("applet not found"))
            && (ended.exitCode() == 0 || !ended.errors().contains("can't cd to "))
            && !ended.errors().contains("exec " + program + ": ")
            && NOT_STARTED.stream().noneMatch(ended.errors()::contains)
            && NOT_STARTED.stream().noneMatch(ended.text()::contains);
    boolean right = report.starts() == happened && (happened || !mustStart);
    String line =
        String.format(
            "%-34s %-10s %-12s %-12s %s",
            name,
            state,
            report.starts() ? "starts" : "cannot",
            happened ? "started" : "did not",
            right ? "" : "WRONG: " + messages(report) + " / " + ended);
    return new Tried(report, line, right);
  }

  void add(Tried tried) {
    table.append(tried.line().lines().findFirst().orElse("")).append('\n');
    if (!tried.right()) {
      wrong.add(tried.line());
    }
  }

  private static List<String> messages(StartReport report) {
    return report.findings().stream().map(StartFinding::message).toList();
  }

  private Ended run(Path bundle, ContainerConfig container) throws IOException {
    List<String> environment = new ArrayList<>(container.env());
    if (container.envValue("PATH") == null) {
      environment.add("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }
    String user = container.user().isEmpty() ? "0" : container.user();
    int colon = user.indexOf(':');
    String group = colon < 0 ? user : user.substring(colon + 1);
    user = colon < 0 ? user : user.substring(0, colon);
    String directory = container.workingDir().isEmpty() ? "/" : container.workingDir();
    String text =
        spec(bundle)
            .replaceFirst("\"terminal\":\\s*true", "\"terminal\":false")
            .replaceFirst("\"readonly\":\\s*true", "\"readonly\":false")
            .replaceFirst("\"noNewPrivileges\":\\s*true", "\"noNewPrivileges\":false")
            .replaceFirst(
                "\"capabilities\":\\s*\\{[^}]*}",
                Matcher.quoteReplacement("\"capabilities\":" + capabilities(user)))
            .replaceFirst(
                "\"args\":\\s*\\[[^]]*]",
                "\"args\":" + Matcher.quoteReplacement(json(container.cmd())))
            .replaceFirst(
                "\"env\":\\s*\\[[^]]*]", "\"env\":" + Matcher.quoteReplacement(json(environment)))
            .replaceFirst("\"uid\":\\s*0", "\"uid\":" + user)
            .replaceFirst("\"gid\":\\s*0", "\"gid\":" + group)
            .replaceFirst("\"cwd\":\\s*\"/\"", "\"cwd\":\"" + directory + "\"");
    Files.writeString(bundle.resolve("config.json"), text);
    String id = "slipway-it-start-" + ProcessHandle.current().pid() + "-" + runs.getAndIncrement();
    return Processes.command("runc", "run", "--bundle", bundle.toString(), id).run();
  }

  /** What runc writes by itself, for which it is asked once. */
  private synchronized String spec(Path bundle) throws IOException {
    if (spec.isEmpty()) {
      Processes.command("runc", "spec", "--bundle", bundle.toString()).run().orFail();
      spec = Files.readString(bundle.resolve("config.json"));
    }
    return spec;
  }

  /** As Docker gives them: others than root only may gain them. */
  private static String capabilities(String user) {
    String bounding = json(DOCKERS_CAPABILITIES);
    String own = user.equals("0") ? bounding : "[]";
    return "{\"bounding\":" + bounding + ",\"effective\":" + own + ",\"permitted\":" + own + "}";
  }

  private static String json(List<String> words) {
    List<String> escaped =
        words.stream()
            .map(word -> word.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
            .toList();
    return "[\"" + String.join("\",\"", escaped) + "\"]";
  }

  int runs() {
    return runs.get();
  }

  /** Prints all, and fails if something was wrong. */
  void finish() {
    System.out.println(table);
    assertThat(wrong).isEmpty();
  }
}
