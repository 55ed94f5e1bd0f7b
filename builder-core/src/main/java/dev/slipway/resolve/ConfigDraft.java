package dev.slipway.resolve;

import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.Healthcheck;
import dev.slipway.oci.HistoryEntry;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An image configuration while the lines of a stage change it. */
final class ConfigDraft {
  /** What BuildKit's history entries carry; readers use it to tell builders apart. */
  private static final String HISTORY_COMMENT = "buildkit.dockerfile.v0";

  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

  private static final List<String> WINDOWS_SHELL = List.of("cmd", "/S", "/C");

  private final ImageConfig base;

  /** Then there is another shell, no search path, and the image's own paths have backslashes. */
  private final boolean windows;

  final Map<String, String> env = new LinkedHashMap<>();
  final Map<String, String> labels;
  final TreeSet<String> volumes;
  final TreeSet<String> exposedPorts;
  final List<HistoryEntry> history;
  String user;
  String workingDirectory;
  List<String> command;
  List<String> entrypoint;
  List<String> shell;
  @Nullable Healthcheck healthcheck;
  List<String> onBuild;
  boolean argsEscaped;
  String stopSignal;
  String author;

  /** Starts from the configuration of the base; its triggers are not for this stage to keep. */
  ConfigDraft(ImageConfig base) {
    this.base = base.withoutItsContainer();
    this.windows = base.platform().os().equals("windows");
    ContainerConfig config = base.config();
    for (String pair : config.env()) {
      int equals = pair.indexOf('=');
      env.put(
          equals < 0 ? pair : pair.substring(0, equals),
          equals < 0 ? "" : pair.substring(equals + 1));
    }
    if (!windows) {
      env.putIfAbsent("PATH", DEFAULT_PATH);
    }
    this.labels = new LinkedHashMap<>(config.labels());
    this.volumes = new TreeSet<>(config.volumes());
    this.exposedPorts = new TreeSet<>(config.exposedPorts());
    this.history = new ArrayList<>(base.history());
    this.user = config.user();
    this.workingDirectory =
        config.workingDir().isEmpty()
            ? ""
            : ContainerPaths.workingDirectory("/", unixPath(config.workingDir()));
    this.command = config.cmd();
    this.entrypoint = config.entrypoint();
    this.shell = config.shell();
    this.healthcheck = config.healthcheck();
    this.onBuild = new ArrayList<>();
    this.argsEscaped = config.argsEscaped();
    this.stopSignal = config.stopSignal();
    this.author = base.author();
  }

  /** What a stage on {@code scratch} starts with. */
  static ImageConfig scratch(Platform platform) {
    String root = platform.os().equals("windows") ? "\\" : "/";
    return ImageConfig.empty(platform)
        .withConfig(ContainerConfig.EMPTY.toBuilder().workingDir(root).build());
  }

  private String unixPath(String path) {
    return windows ? path.replaceFirst("^[A-Za-z]:", "").replace('\\', '/') : path;
  }

  /** A path that an instruction says, as it stands in a layer. */
  String layerPath(String path, SourceSpan span) {
    return windows ? WindowsPaths.inLayer(path, span) : path;
  }

  private String imagePath(String path) {
    return windows ? path.replace('/', '\\') : path;
  }

  /** Where relative paths start. */
  String directory() {
    return workingDirectory.isEmpty() ? "/" : workingDirectory;
  }

  void addHistory(String createdBy, boolean layer) {
    history.add(new HistoryEntry("", createdBy, "", HISTORY_COMMENT, !layer));
  }

  /** The shell of shell forms, with {@code text} as its last argument. */
  List<String> inShell(String text) {
    List<String> arguments = new ArrayList<>(shell);
    if (arguments.isEmpty()) {
      arguments.addAll(windows ? WINDOWS_SHELL : DEFAULT_SHELL);
    }
    arguments.add(text);
    return arguments;
  }

  ImageConfig toConfig() {
    List<String> pairs = new ArrayList<>(env.size());
    env.forEach((name, value) -> pairs.add(name + "=" + value));
    ContainerConfig config =
        base.config().toBuilder()
            .env(pairs)
            .labels(labels)
            .volumes(volumes)
            .exposedPorts(exposedPorts)
            .user(user)
            .workingDir(imagePath(workingDirectory))
            .cmd(command)
            .entrypoint(entrypoint)
            .shell(shell)
            .healthcheck(healthcheck)
            .onBuild(onBuild)
            .argsEscaped(argsEscaped)
            .stopSignal(stopSignal)
            .build();
    return base.withConfig(config).withHistory(history).withAuthor(author).withCreated("");
  }
}
