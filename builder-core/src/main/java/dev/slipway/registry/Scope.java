package dev.slipway.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token shall allow.
 *
 * @param parts as {@code repository:library/alpine:pull}
 */
record Scope(List<String> parts) {
  static Scope pull(String repository) {
    return new Scope(List.of("repository:" + repository + ":pull"));
  }

  static Scope push(String repository) {
    return new Scope(List.of("repository:" + repository + ":pull,push"));
  }

  /** To push, and to mount blobs of another repository. */
  static Scope mount(String repository, @Nullable String from) {
    return from == null || from.equals(repository)
        ? push(repository)
        : new Scope(
            List.of("repository:" + repository + ":pull,push", "repository:" + from + ":pull"));
  }
}
