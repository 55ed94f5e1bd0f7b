package dev.slipway.registry;

import java.util.Optional;

/** Knows the credentials of registries. Called from several threads, at most once a registry. */
@FunctionalInterface
public interface CredentialSource {
  /** Knows none. */
  CredentialSource NONE = registry -> Optional.empty();

  /**
   * @param registry as in an image reference: {@code docker.io}, {@code localhost:5000}
   * @return empty to go anonymously
   * @throws RegistryException if they cannot be had; the registry is then tried anonymously and the
   *     reason told if it refuses
   */
  Optional<Credential> find(String registry);
}
