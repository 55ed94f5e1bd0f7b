package dev.slipway.cli.build;

import dev.slipway.BuildRequest;
import dev.slipway.BuilderSettings.RegistrySettings;
import dev.slipway.ContextSource;
import dev.slipway.FixMode;
import dev.slipway.HygieneMode;
import dev.slipway.OutputSpec;
import dev.slipway.Squash;
import dev.slipway.StartCheckMode;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.CommaSeparated;
import dev.slipway.cli.options.UsageException;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.oci.Digest;
import dev.slipway.oci.OciException;
import dev.slipway.oci.Platform;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a build request of a command line.
 *
 * @param path makes a path of the command line absolute
 * @param host the platform that a part of a platform's name is completed from
 */
public record RequestReader(
    Map<String, String> environment,
    Function<String, Path> path,
    Platform host,
    InputStream stdin,
    OutputStream stdout,
    boolean stdoutIsTerminal) {
  private static final String SOURCE_DATE_EPOCH = "SOURCE_DATE_EPOCH";
  private static final Set<String> COMPRESSIONS = Set.of("gzip", "zstd", "none", "uncompressed");

  /**
   * @throws UsageException for a value that is not of its option's form
   */
  public BuildRequest request(Arguments arguments) {
    AttestationOptions.check(arguments);
    BuildInputs inputs = BuildInputs.read(arguments, path, stdin);
    BuildRequest.Builder request =
        BuildRequest.builder(inputs.context())
            .dockerfile(inputs.dockerfile())
            .noCache(arguments.isOn("no-cache"))
            .pull(arguments.isOn("pull"));
    String target = arguments.last("target");
    if (target != null && !target.isEmpty()) {
      request.target(target);
    }
    arguments.all("tag").forEach(request::name);
    for (String argument : arguments.all("build-arg")) {
      addBuildArgument(argument, request);
    }
    addSourceDateEpoch(arguments, request);
    for (String label : arguments.all("label")) {
      pair("label", label, false, request::label);
    }
    for (String annotation : arguments.all("annotation")) {
      pair("annotation", annotation, true, request::annotation);
    }
    for (String context : arguments.all("build-context")) {
      pair("build-context", context, true, request::namedContext);
    }
    for (String stages : arguments.all("no-cache-filter")) {
      CommaSeparated.fields("no-cache-filter", stages).forEach(request::noCacheStage);
    }
    SharedCacheOptions.read(arguments, request);
    addPlatforms(arguments, request);
    new StepOptionReader(environment, path).read(arguments, request);
    request.startCheck(startCheck(arguments.last("start-check", "warn")));
    request.fix(fix(arguments));
    request.hygiene(hygiene(arguments.last("hygiene", "warn")));
    String squash = arguments.last("squash");
    if (squash != null) {
      request.squash(squash(squash));
    }
    request.limits(LimitOptions.read(arguments));
    addOutputs(arguments, request);
    return request.build();
  }

  /**
   * What {@code slipway squash} is asked for.
   *
   * @throws UsageException for a value that is not of its option's form
   */
  public BuildRequest squashRequest(Arguments arguments) {
    BuildRequest.Builder request =
        BuildRequest.builder(new ContextSource.Empty()).pull(arguments.isOn("pull"));
    arguments.all("tag").forEach(request::name);
    for (String annotation : arguments.all("annotation")) {
      pair("annotation", annotation, true, request::annotation);
    }
    addPlatforms(arguments, request);
    String from = arguments.last("from");
    if (from != null && !Digest.isDigest(from)) {
      throw new UsageException(
          "--from wants the digest of a layer, not \"" + from + "\"",
          "slipway squash --from sha256:DIGEST IMAGE");
    }
    request.squash(from == null ? Squash.ALL : squash("from:" + from));
    addOutputs(arguments, request);
    return request.build();
  }

  private static HygieneMode hygiene(String text) {
    return switch (text) {
      case "off" -> HygieneMode.OFF;
      case "warn" -> HygieneMode.WARN;
      case "error" -> HygieneMode.ERROR;
      default ->
          throw new UsageException(
              "--hygiene \"" + text + "\" is not known", "it is warn, error or off");
    };
  }

  private static FixMode fix(Arguments arguments) {
    if (arguments.isOn("fix-hints")) {
      return FixMode.HINTS;
    }
    return arguments.last("fix") == null ? FixMode.OFF : FixMode.START;
  }

  /** Docker's has no value, and means the layers of the build. */
  private static Squash squash(String text) {
    if (text.isEmpty() || text.equals("true")) {
      return Squash.NEW;
    }
    if (text.equals("false")) {
      return Squash.NONE;
    }
    try {
      return Squash.parse(text);
    } catch (BuildException e) {
      throw new UsageException("--squash: " + e.getMessage(), e.hint());
    }
  }

  private void addPlatforms(Arguments arguments, BuildRequest.Builder request) {
    for (String platforms : arguments.all("platform")) {
      for (String platform : CommaSeparated.fields("platform", platforms)) {
        request.platform(platform(platform.strip()));
      }
    }
  }

  private static StartCheckMode startCheck(String text) {
    return switch (text) {
      case "off" -> StartCheckMode.OFF;
      case "warn" -> StartCheckMode.WARN;
      case "error" -> StartCheckMode.ERROR;
      default ->
          throw new UsageException(
              "--start-check \"" + text + "\" is not known", "it is warn, error or off");
    };
  }

  /**
   * @throws UsageException if it is no platform
   */
  public Platform platform(String text) {
    if (text.equals("local")) {
      return host;
    }
    try {
      return Platform.parse(text, host);
    } catch (OciException e) {
      throw new UsageException("--platform: " + e.getMessage(), e.hint());
    }
  }

  /** Without a value it comes from the environment; a variable that is not set is left out. */
  private void addBuildArgument(String text, BuildRequest.Builder request) {
    int equals = text.indexOf('=');
    if (equals == 0 || text.isEmpty()) {
      throw new UsageException("--build-arg wants NAME[=VALUE], not \"" + text + "\"");
    }
    if (equals > 0) {
      request.buildArg(text.substring(0, equals), text.substring(equals + 1));
      return;
    }
    String value = environment.get(text);
    if (value != null) {
      request.buildArg(text, value);
    }
  }

  /** As buildx does, the time of the environment counts where the command line gives none. */
  private void addSourceDateEpoch(Arguments arguments, BuildRequest.Builder request) {
    String value = environment.get(SOURCE_DATE_EPOCH);
    if (value == null || value.isEmpty()) {
      return;
    }
    for (String argument : arguments.all("build-arg")) {
      if (argument.startsWith(SOURCE_DATE_EPOCH + "=")) {
        return;
      }
    }
    request.buildArg(SOURCE_DATE_EPOCH, value);
  }

  private static void pair(
      String option, String text, boolean valueNeeded, BiConsumer<String, String> into) {
    int equals = text.indexOf('=');
    if (equals == 0 || text.isEmpty() || equals < 0 && valueNeeded) {
      throw new UsageException("--" + option + " wants NAME=VALUE, not \"" + text + "\"");
    }
    into.accept(
        equals < 0 ? text : text.substring(0, equals),
        equals < 0 ? "" : text.substring(equals + 1));
  }

  private void addOutputs(Arguments arguments, BuildRequest.Builder request) {
    checkCompression(arguments.last("compression"));
    OutputOption outputs = new OutputOption(path, stdout, stdoutIsTerminal);
    boolean push = arguments.isOn("push");
    for (String text : arguments.all("output")) {
      Optional<OutputSpec> output = outputs.read(text, request::name);
      output.ifPresent(spec -> request.output(compressed(arguments, spec)));
      push = push && !isRegistry(output);
    }
    if (push) {
      request.output(
          compressed(
              arguments,
              new OutputSpec(
                  OutputSpec.Type.REGISTRY, new OutputSpec.Destination.ToRegistry(), Map.of())));
    }
  }

  /** Where nothing is written, nobody else would look at it. */
  private static void checkCompression(@Nullable String name) {
    if (name != null && !COMPRESSIONS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new UsageException(
          "--compression \"" + name + "\" is not supported", "it is gzip, zstd or none");
    }
  }

  private static boolean isRegistry(Optional<OutputSpec> output) {
    return output.isPresent() && output.get().type() == OutputSpec.Type.REGISTRY;
  }

  /** The options for every output that makes layers and says nothing itself. */
  private static OutputSpec compressed(Arguments arguments, OutputSpec output) {
    if (output.type() == OutputSpec.Type.LOCAL || output.type() == OutputSpec.Type.TAR) {
      return output;
    }
    Map<String, String> attributes = new LinkedHashMap<>(output.attributes());
    for (String name : new String[] {"compression", "compression-level"}) {
      String value = arguments.last(name);
      if (value != null) {
        attributes.putIfAbsent(name, value.equals("none") ? "uncompressed" : value);
      }
    }
    return new OutputSpec(output.type(), output.destination(), attributes);
  }

  /** How registries are reached, from the options that say so. */
  public RegistrySettings registries(Arguments arguments) {
    Set<String> plainHttp = new HashSet<>(arguments.all("plain-http"));
    Set<String> untrusted = new HashSet<>(arguments.all("skip-tls-verify"));
    Map<String, String> mirrors = new HashMap<>();
    for (String mirror : arguments.all("registry-mirror")) {
      pair("registry-mirror", mirror, true, mirrors::put);
    }
    String authorities = arguments.last("registry-ca");
    return new RegistrySettings(
        plainHttp,
        untrusted,
        authorities == null ? Optional.empty() : Optional.of(path.apply(authorities)),
        mirrors);
  }
}
