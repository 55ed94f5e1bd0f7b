package dev.slipway.registry;

import dev.slipway.oci.ImageSource;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one build needs of registries. It remembers tokens; the connections are shared by all
 * builds. Making one costs nothing: no class of HTTP is loaded before the first request.
 * Thread-safe.
 */
public final class RegistryClient {
  private final RegistryConnections connections;
  private final CredentialSource credentials;
  private final HttpSender sender;
  private final Map<String, RegistryHost> hosts = new ConcurrentHashMap<>();

  /**
   * @param connections outlive this; their owner closes them
   * @param cancellation ends what is under way
   */
  public RegistryClient(
      RegistryConnections connections, CredentialSource credentials, Cancellation cancellation) {
    this.connections = connections;
    this.credentials = credentials;
    this.sender = new HttpSender(connections, cancellation);
  }

  /** The repository of {@code reference}; its tag and digest do not matter. */
  public Repository repository(ImageReference reference) {
    return new Repository(host(reference.registry()), reference.repository());
  }

  /**
   * Opens a connection to the registry of {@code reference} where it has TLS, so that the first
   * request need not wait for the handshake. Says nothing of what fails: that request will.
   */
  public void connect(ImageReference reference) {
    host(reference.registry()).connect();
  }

  /** The image that {@code reference} names, to pull; nothing is asked yet. */
  public ImageSource image(ImageReference reference) {
    List<Repository> places = new ArrayList<>();
    for (String mirror :
        connections.options().mirrors().getOrDefault(reference.registry(), List.of())) {
      places.add(new Repository(host(mirror), reference.repository()));
    }
    places.add(repository(reference));
    return new RegistryImage(reference, places);
  }

  /** The same registries and credentials, with requests that end with {@code other}. */
  public RegistryClient endingWith(Cancellation other) {
    return new RegistryClient(connections, credentials, other);
  }

  private RegistryHost host(String registry) {
    return hosts.computeIfAbsent(
        registry,
        name -> new RegistryHost(Endpoint.of(name, connections.options()), credentials, sender));
  }
}
