package dev.slipway.session.request;

import dev.slipway.BuildRequest;
import dev.slipway.BuilderSettings;
import dev.slipway.ContextSource;
import dev.slipway.DockerfileSource;
import dev.slipway.SecretSource;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.diagnostic.GoBoolean;
import dev.slipway.execute.CommandSurroundings;
import dev.slipway.execute.ExecutionSettings;
import dev.slipway.reference.ImageReference;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.ResourceLimit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a request says in text, read and checked before anything is built. */
public record RequestedSettings(
    BuildRequest request,
    List<ImageReference> names,
    Optional<Long> sourceDateEpoch,
    List<ProcessSpec.Ulimit> ulimits,
    List<ProcessSpec.ExtraHost> hosts) {
  public static final String KEEP_GIT_DIRECTORY = "BUILDKIT_CONTEXT_KEEP_GIT_DIR";

  public static RequestedSettings of(BuildRequest request) {
    List<ImageReference> names = new ArrayList<>();
    for (String name : request.image().names()) {
      names.add(ImageReference.parse(name).withDefaultTag());
    }
    for (SecretSource secret : request.steps().secrets()) {
      checkFile(secret);
    }
    List<ProcessSpec.Ulimit> ulimits = new ArrayList<>();
    request.steps().ulimits().forEach((name, value) -> ulimits.add(ulimit(name, value)));
    if (request.steps().network().equals("host")
        && !request.steps().allow().contains("network.host")) {
      throw new BuildException(
          "network.host is not allowed", null, "allow it with --allow network.host", null);
    }
    return new RequestedSettings(
        request, names, Optional.empty(), ulimits, RequestedHosts.of(request.steps().addHosts()));
  }

  public RequestedSettings withSourceDateEpoch(Optional<Long> seconds) {
    return new RequestedSettings(request, names, seconds, ulimits, hosts);
  }

  private static ProcessSpec.Ulimit ulimit(String name, String value) {
    if (ResourceLimit.of(name) == null) {
      throw new BuildException(
          "unknown ulimit '" + name + "', expected one as nofile, nproc, core or stack");
    }
    String[] parts = value.split(":", -1);
    try {
      long soft = Long.parseLong(parts[0]);
      long hard = parts.length > 1 ? Long.parseLong(parts[1]) : soft;
      if (parts.length <= 2 && !isAbove(soft, hard)) {
        return new ProcessSpec.Ulimit(name, soft, hard);
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new BuildException(
        "invalid ulimit '"
            + name
            + "="
            + value
            + "', expected NAME=SOFT[:HARD] with SOFT not above HARD");
  }

  /** Less than nothing is without a limit. */
  private static boolean isAbove(long soft, long hard) {
    return hard >= 0 && (soft < 0 || soft > hard);
  }

  /**
   * Whether {@code argument} says yes, as Go reads a boolean.
   *
   * @throws BuildException if it says neither yes nor no
   */
  public static boolean isOn(BuildRequest request, String argument) {
    String value = request.buildArgs().getOrDefault(argument, "");
    return !value.isEmpty()
        && GoBoolean.parse(value)
            .orElseThrow(
                () ->
                    new BuildException(
                        "invalid " + argument + " '" + value + "', expected true or false"));
  }

  public ExecutionSettings execution(
      BuilderSettings settings, String isolationClass, Map<String, Path> agents) {
    return new ExecutionSettings(
        project(),
        request.steps().jobs() > 0
            ? request.steps().jobs()
            : Runtime.getRuntime().availableProcessors() * 4,
        commands(isolationClass),
        request.buildArgs().getOrDefault("BUILDKIT_CACHE_MOUNT_NS", ""),
        sourceDateEpoch,
        secrets(settings),
        agents,
        settings.clock());
  }

  private CommandSurroundings commands(String isolationClass) {
    return new CommandSurroundings(
        network(),
        request.buildArgs().getOrDefault("BUILDKIT_SANDBOX_HOSTNAME", ProcessSpec.DEFAULT_HOSTNAME),
        hosts,
        ulimits,
        request.steps().shmSize(),
        isolationClass);
  }

  /** What is the same when somebody builds the same thing again. */
  private String project() {
    return context(request.context()) + " " + file(request.dockerfile()) + " " + request.target();
  }

  // Not the text that a record has of itself: every build would wait while the JVM makes it up.
  private static String context(ContextSource source) {
    if (source instanceof ContextSource.LocalDirectory directory) {
      return directory.path().toString();
    }
    return source instanceof ContextSource.Remote remote ? remote.url() : "";
  }

  private static String file(DockerfileSource source) {
    if (source instanceof DockerfileSource.InContext inside) {
      return inside.path();
    }
    if (source instanceof DockerfileSource.LocalFile local) {
      return local.path().toString();
    }
    return source instanceof DockerfileSource.Text text ? text.name() : "";
  }

  private ProcessSpec.Network network() {
    return switch (request.steps().network()) {
      case "default", "host" -> ProcessSpec.Network.HOST;
      case "none" -> ProcessSpec.Network.NONE;
      default ->
          throw new BuildException(
              "network '"
                  + request.steps().network()
                  + "' is not supported, expected default, none or host");
    };
  }

  private Map<String, Supplier<byte[]>> secrets(BuilderSettings settings) {
    Map<String, Supplier<byte[]>> secrets = new HashMap<>();
    for (SecretSource secret : request.steps().secrets()) {
      if (secret instanceof SecretSource.FromFile file) {
        secrets.put(secret.id(), () -> read(file));
      } else if (secret instanceof SecretSource.FromEnvironment variable) {
        String value = settings.environment().get(variable.variable());
        if (value != null) {
          secrets.put(secret.id(), () -> value.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return secrets;
  }

  /** Before anything is built, whether or not a step comes to want it. */
  private static void checkFile(SecretSource secret) {
    if (secret instanceof SecretSource.FromFile from && !Files.exists(from.file())) {
      throw new BuildException(
          "secret '" + secret.id() + "': \"" + from.file() + "\" not found",
          null,
          "id=" + secret.id() + ",src=FILE or id=" + secret.id() + ",env=NAME",
          null);
    }
  }

  private static byte[] read(SecretSource.FromFile secret) {
    Path file = secret.file();
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BuildException(
          "cannot read secret '"
              + secret.id()
              + "' from \""
              + file
              + "\": "
              + FileRefusal.reason(e),
          e);
    }
  }
}
