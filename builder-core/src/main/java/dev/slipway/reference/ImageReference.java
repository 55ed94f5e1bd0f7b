package dev.slipway.reference;

import dev.slipway.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Names an image in a registry: {@code registry/repository[:tag][@digest]}, normalised as Docker
 * does: without a registry it is {@code docker.io}, there without a folder {@code library/}. With
 * both a tag and a digest the digest decides. Distribution-spec, "Pulling manifests".
 *
 * @param registry host name and perhaps port; {@code docker.io} for Docker Hub
 * @param repository in lower case, with slashes
 * @param tag null for none
 * @param digest null for none
 */
public record ImageReference(
    String registry, String repository, @Nullable String tag, @Nullable Digest digest) {

  public static final String DOCKER_HUB = "docker.io";
  public static final String LATEST = "latest";

  public ImageReference {
    ReferenceGrammar.check(registry, repository, tag);
  }

  /**
   * Parses what a user writes; nothing is added where neither tag nor digest is given.
   *
   * @throws ReferenceException if it is none
   */
  public static ImageReference parse(String text) {
    return ReferenceGrammar.parse(text);
  }

  /** With the tag {@code latest} if there is neither tag nor digest. */
  public ImageReference withDefaultTag() {
    return tag == null && digest == null ? withTag(LATEST) : this;
  }

  /** With another tag, or none; the digest stays. */
  public ImageReference withTag(@Nullable String newTag) {
    return new ImageReference(registry, repository, newTag, digest);
  }

  /** With another digest, or none; the tag stays. */
  public ImageReference withDigest(@Nullable Digest newDigest) {
    return new ImageReference(registry, repository, tag, newDigest);
  }

  /** {@code registry/repository}. */
  public String name() {
    return registry + "/" + repository;
  }

  /** What a registry is asked for: the digest if there is one, else the tag. */
  public String identifier() {
    return digest != null ? digest.toString() : tag != null ? tag : LATEST;
  }

  /** As people write it: {@code alpine:3.20} for {@code docker.io/library/alpine:3.20}. */
  public String familiar() {
    String name = name();
    if (registry.equals(DOCKER_HUB)) {
      name =
          repository.startsWith("library/") && repository.indexOf('/', 8) < 0
              ? repository.substring(8)
              : repository;
    }
    return name + suffix();
  }

  /** In full: {@code docker.io/library/alpine:3.20}. */
  @Override
  public String toString() {
    return name() + suffix();
  }

  private String suffix() {
    return (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
  }
}
