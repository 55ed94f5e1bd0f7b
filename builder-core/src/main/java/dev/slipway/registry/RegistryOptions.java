package dev.slipway.registry;

import dev.slipway.http.Proxies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How registries are reached.
 *
 * @param plainHttp registries, as in an image reference, that are spoken to without TLS; those on
 *     the loopback interface always are
 * @param mirrors for a registry, other hosts to pull from first, the best first
 * @param certificateAuthorities PEM files, trusted beside the platform's own
 * @param untrustedTls registries whose certificate is not checked
 * @param trustedRealms hosts of token servers that may have credentials of a registry in another
 *     domain
 * @param proxies which one leads to which registry
 * @param silence how long a registry may say nothing before the connection counts as broken
 */
public record RegistryOptions(
    Set<String> plainHttp,
    Map<String, List<String>> mirrors,
    List<Path> certificateAuthorities,
    Set<String> untrustedTls,
    Set<String> trustedRealms,
    Proxies proxies,
    RetryPolicy retry,
    Duration silence) {

  public static final RegistryOptions DEFAULT = new Builder().build();

  public RegistryOptions {
    plainHttp = Set.copyOf(plainHttp);
    mirrors = Map.copyOf(mirrors);
    certificateAuthorities = List.copyOf(certificateAuthorities);
    untrustedTls = Set.copyOf(untrustedTls);
    trustedRealms = Set.copyOf(trustedRealms);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Starts from the defaults; not thread-safe. */
  public static final class Builder {
    private Set<String> plainHttp = Set.of();
    private Map<String, List<String>> mirrors = Map.of();
    private List<Path> certificateAuthorities = List.of();
    private Set<String> untrustedTls = Set.of();
    private Set<String> trustedRealms = Set.of();
    private Proxies proxies = Proxies.NONE;
    private RetryPolicy retry = RetryPolicy.DEFAULT;
    private Duration silence = Duration.ofSeconds(60);

    private Builder() {}

    public Builder plainHttp(Set<String> value) {
      plainHttp = value;
      return this;
    }

    public Builder mirrors(Map<String, List<String>> value) {
      mirrors = value;
      return this;
    }

    public Builder certificateAuthorities(List<Path> value) {
      certificateAuthorities = value;
      return this;
    }

    public Builder untrustedTls(Set<String> value) {
      untrustedTls = value;
      return this;
    }

    public Builder trustedRealms(Set<String> value) {
      trustedRealms = value;
      return this;
    }

    public Builder proxies(Proxies value) {
      proxies = value;
      return this;
    }

    public Builder retry(RetryPolicy value) {
      retry = value;
      return this;
    }

    public Builder silence(Duration value) {
      silence = value;
      return this;
    }

    public RegistryOptions build() {
      return new RegistryOptions(
          plainHttp,
          mirrors,
          certificateAuthorities,
          untrustedTls,
          trustedRealms,
          proxies,
          retry,
          silence);
    }
  }
}
