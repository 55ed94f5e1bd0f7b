package dev.slipway.inspect.hygiene;

import dev.slipway.inspect.hygiene.HygieneFinding.Kind;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.HistoryEntry;
import dev.slipway.oci.ImageConfig;
import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges an image; docs/hygiene.md has what is found, and why. */
public final class HygieneCheck {
  private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");

  /** The shell gives its place up to a program. */
  private static final String EXEC = "(?:^|[;&|\\n])\\s*exec\\s";

  private final List<HygieneFinding> findings = new ArrayList<>();

  private HygieneCheck() {}

  /**
   * The findings, the worst first.
   *
   * @param files those that {@link SecretContent} and {@link Leftovers} tell
   * @param bases the images that it is made from, as the Dockerfile names them; empty where that is
   *     not known
   */
  public static List<HygieneFinding> check(
      ImageConfig config, List<SuspectFile> files, List<String> bases) {
    HygieneCheck check = new HygieneCheck();
    check.addFiles(files);
    check.addConfig(config);
    check.addHabits(config.config());
    for (String base : bases) {
      check.addBase(base);
    }
    check.findings.sort((one, other) -> one.kind().compareTo(other.kind()));
    return List.copyOf(check.findings);
  }

  /** Whether USER names root, or nobody. */
  public static boolean isRoot(String user) {
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    return name.isEmpty() || name.equals("root") || name.chars().allMatch(c -> c == '0');
  }

  private void addFiles(List<SuspectFile> files) {
    Set<TreePath> leftovers = new LinkedHashSet<>();
    for (SuspectFile file : files) {
      TreePath leftover = Leftovers.of(file.path(), file.origin());
      if (leftover != null && file.what().isEmpty()) {
        if (file.visible() && isNew(leftover, leftovers)) {
          add(
              Kind.LEFTOVER,
              "\"" + leftover + "\" is in the image" + by(file.origin()),
              "name it in .dockerignore");
        }
      } else if (file.visible()) {
        add(
            Kind.SECRET_FILE,
            "secret in \"" + file.path() + "\": " + file.what() + by(file.origin()),
            "give it to the steps that need it with RUN --mount=type=secret, or when it runs");
      } else {
        add(
            Kind.HIDDEN_SECRET,
            "secret in \""
                + file.path()
                + "\": "
                + file.what()
                + by(file.origin())
                + "; a later layer deletes it, but who pulls the image gets layer "
                + (file.layer() + 1)
                + " too",
            "use RUN --mount=type=secret, so that it is in no layer, and replace the secret");
      }
    }
  }

  private static boolean isNew(TreePath directory, Set<TreePath> known) {
    for (TreePath each : known) {
      if (directory.startsWith(each)) {
        return false;
      }
    }
    return known.add(directory);
  }

  private static String by(Origin origin) {
    if (origin.text().isEmpty()) {
      return "";
    }
    String line = origin.line() > 0 ? " in line " + origin.line() : "";
    return ", made by " + firstLine(origin.text()) + line;
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end) + " …";
    return line.length() > 80 ? line.substring(0, 79) + "…" : line;
  }

  private void addConfig(ImageConfig config) {
    for (String variable : config.config().env()) {
      int equals = variable.indexOf('=');
      addToken(variable, "variable " + variable.substring(0, Math.max(0, equals)));
    }
    for (Map.Entry<String, String> label : config.config().labels().entrySet()) {
      addToken(label.getValue(), "label \"" + label.getKey() + "\"");
    }
    Set<String> told = new LinkedHashSet<>();
    for (HistoryEntry entry : config.history()) {
      FoundToken token = FoundToken.find(entry.createdBy());
      boolean isVariable = entry.createdBy().startsWith("ENV ");
      if (token != null && !isVariable && told.add(token.shown())) {
        addToken(entry.createdBy(), "history");
      }
    }
  }

  private void addToken(String text, String where) {
    FoundToken token = FoundToken.find(text);
    if (token != null) {
      add(
          Kind.SECRET_IN_CONFIG,
          where + " has a " + token.what() + ": " + token.shown(),
          where.equals("history")
              ? "arguments and commands stay in the image: use RUN --mount=type=secret"
              : "set it when the image is run, and replace the secret");
    }
  }

  private void addHabits(ContainerConfig config) {
    if (isRoot(config.user())) {
      add(
          Kind.ROOT_USER,
          config.user().isEmpty() ? "runs as root: it names no user" : "runs as root",
          "end the Dockerfile's last stage with USER and another user");
    }
    List<String> command = new ArrayList<>(config.entrypoint());
    command.addAll(config.cmd());
    boolean applet = !command.isEmpty() && command.get(0).endsWith("busybox");
    if (applet) {
      command.remove(0);
    }
    if (command.size() >= 3 && isShell(command.get(0)) && command.get(1).endsWith("c")) {
      String script = command.get(2).strip();
      if (!Pattern.compile(EXEC).matcher(script).find()) {
        add(
            Kind.SHELL_FIRST,
            "a shell is the first process: signals reach it, not \"" + firstLine(script) + "\"",
            "write the command as a list, or begin it with exec");
      }
    }
  }

  private static boolean isShell(String program) {
    return SHELLS.contains(program.substring(program.lastIndexOf('/') + 1));
  }

  private void addBase(String base) {
    boolean latest = base.endsWith(":latest");
    add(
        Kind.UNPINNED_BASE,
        "base image \""
            + base
            + "\" "
            + (latest ? "is whatever is latest" : "may be another tomorrow: it has no digest"),
        "\"slipway pin\" writes the digest into the Dockerfile");
  }

  private void add(Kind kind, String message, String advice) {
    findings.add(new HygieneFinding(kind, message, advice));
  }
}
