package dev.slipway;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a built image goes, and in which form.
 *
 * @param destination a path, a stream, or nothing for a registry
 * @param attributes the further {@code key=value} pairs of {@code --output}, as {@code name},
 *     {@code push-by-digest}, {@code compression}, {@code compression-level}, {@code
 *     oci-mediatypes}, {@code rewrite-timestamp}, {@code annotation.…}; one that is not known is an
 *     error
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
}
