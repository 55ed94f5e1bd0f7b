package dev.slipway.cli.build;

import dev.slipway.BuildRequest;
import dev.slipway.CacheLocation;
import dev.slipway.CacheTarget;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.CommaSeparated;
import dev.slipway.cli.options.Option;
import dev.slipway.cli.options.UsageException;
import dev.slipway.layer.Compression;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code --cache-from} and {@code --cache-to}, as buildx has them. */
final class SharedCacheOptions {
  private static final String FROM = "cache-from";
  private static final String TO = "cache-to";
  private static final String REGISTRY = "registry";
  private static final String LOCAL = "local";

  private SharedCacheOptions() {}

  static List<Option> options(String group) {
    return List.of(
        Option.repeated(
            FROM,
            (char) 0,
            "[type=registry,ref=]REF",
            group,
            "take steps of other machines from this cache in a registry; or in a directory:"
                + " type=local,src=DIR"),
        Option.repeated(
            TO,
            (char) 0,
            "[type=registry,ref=]REF",
            group,
            "write this build's steps there, or to type=local,dest=DIR; mode=max: those of all stages with their files, not"
                + " only the image's; ignore-error=true"));
  }

  /**
   * @throws UsageException for a value that is not of its option's form, or asks for what there is
   *     not
   */
  static void read(Arguments arguments, BuildRequest.Builder request) {
    for (String text : arguments.all(FROM)) {
      Map<String, String> attributes = attributes(FROM, text);
      request.cacheFrom(location(FROM, text, attributes));
      checkRest(FROM, attributes);
    }
    for (String text : arguments.all(TO)) {
      request.cacheTo(target(text, attributes(TO, text)));
    }
  }

  /** A value without any attribute is a reference. */
  private static Map<String, String> attributes(String option, String text) {
    List<String> fields = CommaSeparated.fields(option, text);
    if (fields.size() == 1 && !fields.get(0).contains("=")) {
      if (fields.get(0).matches("[./~].*")) {
        throw new UsageException(
            "--" + option + " \"" + text + "\" is no name of an image",
            "a directory is type=local," + (option.equals(FROM) ? "src=" : "dest=") + text);
      }
      return new LinkedHashMap<>(Map.of("type", REGISTRY, "ref", fields.get(0)));
    }
    return new LinkedHashMap<>(CommaSeparated.pairs(option, text));
  }

  /** Where it is; takes the attributes that say so out. */
  private static CacheLocation location(
      String option, String text, Map<String, String> attributes) {
    String directory = option.equals(FROM) ? "src" : "dest";
    String hint = "type=registry,ref=REF or type=local," + directory + "=DIR";
    String type = attributes.remove("type");
    if (type == null) {
      throw new UsageException("--" + option + " \"" + text + "\" does not say its type", hint);
    }
    return switch (type) {
      case REGISTRY -> CacheLocation.inRegistry(where(option, text, attributes, "ref"));
      case LOCAL ->
          new CacheLocation.InDirectory(
              Path.of(where(option, text, attributes, directory)),
              Objects.requireNonNullElse(
                  attributes.remove("tag"), CacheLocation.InDirectory.DEFAULT_TAG));
      default ->
          throw new UsageException(
              "--" + option + " type=" + type + " is not supported", "a cache can be " + hint);
    };
  }

  private static String where(
      String option, String text, Map<String, String> attributes, String name) {
    String where = attributes.remove(name);
    if (where == null || where.isEmpty()) {
      throw new UsageException("--" + option + " \"" + text + "\" does not say where", name + "=…");
    }
    return where;
  }

  private static CacheTarget target(String text, Map<String, String> attributes) {
    CacheLocation location = location(TO, text, attributes);
    CacheTarget.Extent extent = extent(attributes.remove("mode"));
    Optional<Compression> compression = compression(attributes.remove("compression"));
    boolean mayFail = isOn(attributes, "ignore-error", false);
    // As other programs must be told: here it is always so.
    for (String always : List.of("image-manifest", "oci-mediatypes")) {
      if (!isOn(attributes, always, true)) {
        throw new UsageException(
            "--" + TO + " " + always + "=false is not supported",
            "a cache is an OCI image manifest");
      }
    }
    checkRest(TO, attributes);
    return new CacheTarget(location, extent, compression, mayFail);
  }

  private static CacheTarget.Extent extent(@Nullable String mode) {
    return switch (mode == null ? "min" : mode) {
      case "min" -> CacheTarget.Extent.IMAGE;
      case "max" -> CacheTarget.Extent.ALL_STAGES;
      default ->
          throw new UsageException(
              "--" + TO + " mode=" + mode + " is not known", "it is min or max");
    };
  }

  private static Optional<Compression> compression(@Nullable String name) {
    if (name == null) {
      return Optional.empty();
    }
    return switch (name) {
      case "gzip" -> Optional.of(Compression.GZIP);
      case "zstd" -> Optional.of(Compression.ZSTD);
      case "uncompressed" -> Optional.of(Compression.NONE);
      default ->
          throw new UsageException(
              "--" + TO + " compression=" + name + " is not supported",
              "it is gzip, zstd or uncompressed");
    };
  }

  private static boolean isOn(Map<String, String> attributes, String name, boolean otherwise) {
    String value = attributes.remove(name);
    if (value == null) {
      return otherwise;
    }
    return switch (value) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new UsageException(
              "--" + TO + " " + name + "=" + value + ": expected true or false");
    };
  }

  private static void checkRest(String option, Map<String, String> attributes) {
    for (String name : attributes.keySet()) {
      throw new UsageException("--" + option + " has no attribute \"" + name + "\"");
    }
  }
}
