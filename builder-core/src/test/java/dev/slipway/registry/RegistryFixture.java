package dev.slipway.registry;

import dev.slipway.progress.Cancellation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A registry and a client that does not wait long. */
abstract class RegistryFixture {
  static final RetryPolicy FAST = new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(20));

  FakeRegistry registry;
  RegistryConnections connections;
  final Cancellation cancellation = new Cancellation();

  @BeforeEach
  void start() throws IOException {
    registry = new FakeRegistry();
    connections =
        new RegistryConnections(
            RegistryOptions.builder().retry(FAST).silence(Duration.ofSeconds(5)).build());
  }

  @AfterEach
  void stop() throws IOException {
    connections.close();
    registry.close();
  }

  RegistryClient client() {
    return new RegistryClient(connections, CredentialSource.NONE, cancellation);
  }

  RegistryClient client(Credential credential) {
    return new RegistryClient(connections, any -> Optional.of(credential), cancellation);
  }

  Repository repository(String name) {
    return client().repository(registry.reference(name));
  }
}
