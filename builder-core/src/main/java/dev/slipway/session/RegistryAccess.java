package dev.slipway.session;

import dev.slipway.BuilderSettings;
import dev.slipway.http.Proxies;
import dev.slipway.progress.Cancellation;
import dev.slipway.registry.CredentialSource;
import dev.slipway.registry.DockerConfig;
import dev.slipway.registry.RegistryClient;
import dev.slipway.registry.RegistryConnections;
import dev.slipway.registry.RegistryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How registries are reached with the settings of a builder. Costs nothing before it is used. */
final class RegistryAccess implements AutoCloseable {
  private final BuilderSettings settings;
  private final RegistryConnections connections;

  RegistryAccess(BuilderSettings settings) {
    this.settings = settings;
    this.connections = new RegistryConnections(options(settings));
  }

  /** A client whose requests end with {@code cancellation}. */
  RegistryClient client(Cancellation cancellation) {
    return new RegistryClient(connections, credentials(), cancellation);
  }

  private static RegistryOptions options(BuilderSettings settings) {
    BuilderSettings.RegistrySettings registries = settings.registries();
    Map<String, List<String>> mirrors = new HashMap<>();
    registries.mirrors().forEach((host, mirror) -> mirrors.put(host, List.of(mirror)));
    List<Path> authorities = new ArrayList<>();
    registries.certificateAuthorities().ifPresent(authorities::add);
    return RegistryOptions.builder()
        .plainHttp(registries.plainHttp())
        .mirrors(mirrors)
        .certificateAuthorities(authorities)
        .untrustedTls(registries.untrustedTls())
        .proxies(Proxies.of(settings.environment()))
        .build();
  }

  private CredentialSource credentials() {
    String configured = settings.environment().getOrDefault("DOCKER_CONFIG", "");
    Path directory =
        configured.isEmpty() ? settings.userHome().resolve(".docker") : Path.of(configured);
    return new DockerConfig(directory, settings.environment());
  }

  @Override
  public void close() {
    try {
      connections.close();
    } catch (IOException e) {
      // Nothing more is sent; what the other side makes of it is its own affair.
    }
  }
}
