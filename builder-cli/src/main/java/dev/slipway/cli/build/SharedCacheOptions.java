package dev.slipway.cli.build;

import dev.slipway.BuildRequest;
import dev.slipway.CacheTarget;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.CommaSeparated;
import dev.slipway.cli.options.Option;
import dev.slipway.cli.options.UsageException;
import dev.slipway.layer.Compression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code --cache-from} and {@code --cache-to}, as buildx has them, for caches in registries. */
final class SharedCacheOptions {
  private static final String FROM = "cache-from";
  private static final String TO = "cache-to";

  private SharedCacheOptions() {}

  static List<Option> options(String group) {
    return List.of(
        Option.repeated(
            FROM,
            (char) 0,
            "[type=registry,ref=]REF",
            group,
            "take steps of other machines from this cache in a registry"),
        Option.repeated(
            TO,
            (char) 0,
            "[type=registry,ref=]REF",
            group,
            "write this build's steps there; mode=max: those of all stages with their files, not"
                + " only the image's; ignore-error=true"));
  }

  /**
   * @throws UsageException for a value that is not of its option's form, or asks for what there is
   *     not
   */
  static void read(Arguments arguments, BuildRequest.Builder request) {
    for (String text : arguments.all(FROM)) {
      Map<String, String> attributes = attributes(FROM, text);
      request.cacheFrom(reference(FROM, text, attributes));
      checkRest(FROM, attributes);
    }
    for (String text : arguments.all(TO)) {
      request.cacheTo(target(text, attributes(TO, text)));
    }
  }

  /** Without the type, which is checked; a value without any attribute is a reference. */
  private static Map<String, String> attributes(String option, String text) {
    List<String> fields = CommaSeparated.fields(option, text);
    if (fields.size() == 1 && !fields.get(0).contains("=")) {
      return new LinkedHashMap<>(Map.of("ref", fields.get(0)));
    }
    Map<String, String> attributes = new LinkedHashMap<>(CommaSeparated.pairs(option, text));
    String type = attributes.remove("type");
    if (type == null) {
      throw new UsageException(
          "--" + option + " \"" + text + "\" does not say its type", "type=registry,ref=REF");
    }
    if (!type.equals("registry")) {
      throw new UsageException(
          "--" + option + " type=" + type + " is not supported",
          "a cache can be in a registry: type=registry,ref=REF");
    }
    return attributes;
  }

  private static String reference(String option, String text, Map<String, String> attributes) {
    String reference = attributes.remove("ref");
    if (reference == null || reference.isEmpty()) {
      throw new UsageException("--" + option + " \"" + text + "\" does not say where", "ref=REF");
    }
    return reference;
  }

  private static CacheTarget target(String text, Map<String, String> attributes) {
    String reference = reference(TO, text, attributes);
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
    return new CacheTarget(reference, extent, compression, mayFail);
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
