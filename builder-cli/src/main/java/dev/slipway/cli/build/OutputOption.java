package dev.slipway.cli.build;

import dev.slipway.OutputSpec;
import dev.slipway.OutputSpec.Destination;
import dev.slipway.OutputSpec.Type;
import dev.slipway.cli.options.CommaSeparated;
import dev.slipway.cli.options.UsageException;
import dev.slipway.diagnostic.GoBoolean;
import dev.slipway.diagnostic.NearestName;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the values of {@code --output} as buildx does. */
final class OutputOption {
  private static final List<String> TYPES =
      List.of("oci", "docker", "local", "tar", "registry", "image", "cacheonly");

  private final Function<String, Path> path;
  private final OutputStream stdout;
  private final boolean stdoutIsTerminal;
  private boolean stdoutTaken;

  OutputOption(Function<String, Path> path, OutputStream stdout, boolean stdoutIsTerminal) {
    this.path = path;
    this.stdout = stdout;
    this.stdoutIsTerminal = stdoutIsTerminal;
  }

  /**
   * One value; empty where it asks to keep the image in the store only.
   *
   * @param name takes the names of an image that is kept only
   */
  Optional<OutputSpec> read(String text, Consumer<String> name) {
    List<String> fields = CommaSeparated.fields("output", text);
    if (fields.size() == 1 && !isAttribute(fields.get(0))) {
      return Optional.of(shortForm(fields.get(0)));
    }
    Map<String, String> attributes = new LinkedHashMap<>(CommaSeparated.pairs("output", text));
    String type = attributes.remove("type");
    if (type == null) {
      throw new UsageException(
          "--output \"" + text + "\" does not say its type", "type=oci,dest=image.tar");
    }
    String dest = List.of("cacheonly", "image").contains(type) ? null : attributes.remove("dest");
    switch (type) {
      case "cacheonly":
        checkRest(text, attributes);
        return Optional.empty();
      case "image":
        if (isOn(attributes.remove("push"))) {
          return Optional.of(registry(dest, attributes));
        }
        keep(text, attributes, name);
        return Optional.empty();
      case "registry":
        return Optional.of(registry(dest, attributes));
      case "local":
        return Optional.of(local(dest, attributes));
      case "oci", "docker", "tar":
        return Optional.of(archive(type, dest, attributes));
      default:
        throw unknownType(type);
    }
  }

  private static boolean isOn(@Nullable String value) {
    return value != null
        && GoBoolean.parse(value)
            .orElseThrow(
                () -> new UsageException("--output push is true or false, not \"" + value + "\""));
  }

  /** An image that goes nowhere has its names, and nothing else to ask for. */
  private static void keep(String text, Map<String, String> attributes, Consumer<String> name) {
    String names = attributes.remove("name");
    if (names != null) {
      List.of(names.split(",")).forEach(name);
    }
    checkRest(text, attributes);
  }

  private static void checkRest(String text, Map<String, String> attributes) {
    for (String attribute : attributes.keySet()) {
      throw new UsageException(
          "--output \""
              + text
              + "\": there is no use for \""
              + attribute
              + "\", nothing is written",
          "push=true, or another type");
    }
  }

  // buildx would make a directory called "dest=x".
  private static boolean isAttribute(String field) {
    return field.startsWith("type=") || field.startsWith("dest=");
  }

  private static UsageException unknownType(String type) {
    String nearest = NearestName.find(type, TYPES);
    return new UsageException(
        "--output has no type \"" + type + "\"",
        nearest == null
            ? "the types are " + String.join(", ", TYPES)
            : "did you mean \"" + nearest + "\"?");
  }

  private OutputSpec shortForm(String dest) {
    return dest.equals("-") ? archive("tar", dest, Map.of()) : local(dest, Map.of());
  }

  private static OutputSpec registry(@Nullable String dest, Map<String, String> attributes) {
    if (dest != null) {
      throw new UsageException(
          "--output type=registry has no dest", "the image goes where its names say: -t or name=");
    }
    return new OutputSpec(Type.REGISTRY, new Destination.ToRegistry(), attributes);
  }

  private OutputSpec local(@Nullable String dest, Map<String, String> attributes) {
    if (dest == null || dest.isEmpty() || dest.equals("-")) {
      throw new UsageException("--output type=local wants dest=DIRECTORY");
    }
    return new OutputSpec(Type.LOCAL, new Destination.ToPath(path.apply(dest)), attributes);
  }

  private OutputSpec archive(String type, @Nullable String dest, Map<String, String> attributes) {
    Type form =
        switch (type) {
          case "oci" -> Type.OCI;
          case "docker" -> Type.DOCKER;
          default -> Type.TAR;
        };
    boolean directory = "false".equals(attributes.get("tar"));
    if (dest != null && !dest.equals("-") && !dest.isEmpty()) {
      return new OutputSpec(form, new Destination.ToPath(path.apply(dest)), attributes);
    }
    if (directory) {
      throw new UsageException("--output type=" + type + ",tar=false wants dest=DIRECTORY");
    }
    if (stdoutIsTerminal) {
      throw new UsageException(
          "--output type=" + type + " would write an archive to the terminal",
          "say dest=FILE, or pipe it on");
    }
    if (stdoutTaken) {
      throw new UsageException("two outputs cannot both go to standard output");
    }
    stdoutTaken = true;
    return new OutputSpec(form, new Destination.ToStream(stdout), attributes);
  }
}
