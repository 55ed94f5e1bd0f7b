package dev.slipway;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a built image goes, and in which form.
 *
 * @param destination a path, a stream, or nothing for a registry
 * @param attributes the further {@code key=value} pairs of buildx's {@code --output}; one that is
 *     not known, or not for this type, ends the build before anything is done:
 *     <ul>
 *       <li>of an image: {@code name} (names parted by commas, in place of the request's), {@code
 *           compression} ({@code gzip}, {@code zstd}, {@code uncompressed}), {@code
 *           compression-level}, {@code force-compression}, {@code oci-mediatypes}, {@code
 *           annotation-PLACE[PLATFORM].NAME}, whose place and platform may be left out; of type OCI
 *           also {@code tar}, of type REGISTRY {@code push-by-digest}
 *       <li>of files: {@code platform-split}
 *       <li>of both: {@code rewrite-timestamp}, {@code source-date-epoch}
 *     </ul>
 */
public record OutputSpec(Type type, Destination destination, Map<String, String> attributes) {

  /** The forms an image is written in, by buildx's names. */
  public enum Type {
    /** An OCI layout: a tar archive, or with {@code tar=false} a directory. */
    OCI,
    /** A tar archive that {@code docker load} takes. */
    DOCKER,
    /** The root filesystem as a directory. */
    LOCAL,
    /** The root filesystem as a tar archive. */
    TAR,
    /** Pushed to the registries that its names tell. */
    REGISTRY
  }

  /** Where an output is written. */
  public sealed interface Destination {
    /** A file or directory; a file appears complete or not at all. */
    record ToPath(Path path) implements Destination {}

    /** A stream, flushed and not closed. */
    record ToStream(OutputStream stream) implements Destination {}

    /** A registry. */
    record ToRegistry() implements Destination {}
  }

  public OutputSpec {
    attributes = Map.copyOf(attributes);
  }

  /** An OCI layout in a tar archive, which appears complete or not at all. */
  public static OutputSpec ociArchive(Path file) {
    return new OutputSpec(Type.OCI, new Destination.ToPath(file), Map.of());
  }

  /** A tar archive for {@code docker load}, which appears complete or not at all. */
  public static OutputSpec dockerArchive(Path file) {
    return new OutputSpec(Type.DOCKER, new Destination.ToPath(file), Map.of());
  }

  /** The image's files in a directory, which is made if missing. */
  public static OutputSpec files(Path directory) {
    return new OutputSpec(Type.LOCAL, new Destination.ToPath(directory), Map.of());
  }

  /** Pushed to where its names say. */
  public static OutputSpec registry() {
    return new OutputSpec(Type.REGISTRY, new Destination.ToRegistry(), Map.of());
  }

  /** The same with one attribute more, or another value for it. */
  public OutputSpec withAttribute(String name, String value) {
    Map<String, String> all = new HashMap<>(attributes);
    all.put(name, value);
    return new OutputSpec(type, destination, all);
  }
}
