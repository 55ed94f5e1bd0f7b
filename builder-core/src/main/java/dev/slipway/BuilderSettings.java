package dev.slipway;

import dev.slipway.worker.WorkerJvm;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * What a builder knows of the machine it runs on. The library reads no environment variable, system
 * property or clock by itself: all of it is handed in here.
 *
 * @param storeDirectory where blobs, trees and step results are kept between builds; made if
 *     missing
 * @param storeLimit the most bytes that the store may hold of what no running build uses
 * @param temporaryDirectory for what lives no longer than a build
 * @param environment the host's environment: proxies, credentials, {@code SSH_AUTH_SOCK}
 * @param userHome the user's home directory, where {@code .docker/config.json} is looked for
 * @param architecture the machine's, as the JVM names it: {@code amd64}, {@code aarch64}
 * @param workerJvm what runs the helper process
 * @param registries how registries are reached
 * @param clock the time that images are stamped with, and that uses of the store and of files'
 *     digests are noted with; one that stands still costs that unchanged files are read again
 */
public record BuilderSettings(
    Path storeDirectory,
    long storeLimit,
    Path temporaryDirectory,
    Map<String, String> environment,
    Path userHome,
    String architecture,
    WorkerJvm workerJvm,
    RegistrySettings registries,
    Clock clock) {

  /** The store's limit where none is given: 20 GiB. */
  public static final long DEFAULT_STORE_LIMIT = 20L << 30;

  public BuilderSettings {
    environment = Map.copyOf(environment);
  }

  /**
   * As the program {@code slipway} has them, with the store that it uses.
   *
   * @param environment what the builder may know of it, as {@code System.getenv()}
   * @param properties of the JVM, as {@code System.getProperties()}
   */
  public static BuilderSettings of(Map<String, String> environment, Properties properties) {
    Path temporary = Path.of(properties.getProperty("java.io.tmpdir"));
    String user = properties.getProperty("user.home");
    Path home = user == null ? temporary : Path.of(user);
    return new BuilderSettings(
        storeDirectory(environment, home.resolve(".cache")),
        DEFAULT_STORE_LIMIT,
        temporary,
        environment,
        home,
        properties.getProperty("os.arch"),
        WorkerJvm.of(Path.of(properties.getProperty("java.home"), "bin", "java")),
        RegistrySettings.DEFAULT,
        Clock.systemUTC());
  }

  /**
   * Where the store is if nothing else is said: {@code $XDG_CACHE_HOME/slipway}.
   *
   * @param caches the user's directory of caches where the variable is not set
   */
  public static Path storeDirectory(Map<String, String> environment, Path caches) {
    String said = environment.getOrDefault("XDG_CACHE_HOME", "");
    boolean usable = !said.isEmpty() && Path.of(said).isAbsolute();
    return (usable ? Path.of(said) : caches).resolve("slipway");
  }

  /** All that is in this one, to be changed. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * How registries are reached.
   *
   * @param plainHttp hosts ({@code host:port}) that are spoken to without TLS; loopback always may
   * @param untrustedTls hosts whose certificate is not checked
   * @param certificateAuthorities a PEM file of further authorities
   * @param mirrors for a registry host, the host that is asked first
   */
  public record RegistrySettings(
      Set<String> plainHttp,
      Set<String> untrustedTls,
      Optional<Path> certificateAuthorities,
      Map<String, String> mirrors) {
    public static final RegistrySettings DEFAULT =
        new RegistrySettings(Set.of(), Set.of(), Optional.empty(), Map.of());

    public RegistrySettings {
      plainHttp = Set.copyOf(plainHttp);
      untrustedTls = Set.copyOf(untrustedTls);
      mirrors = Map.copyOf(mirrors);
    }
  }

  /** Changes settings, each as the component of its name. Not thread-safe. */
  public static final class Builder {
    private Path storeDirectory;
    private long storeLimit;
    private Path temporaryDirectory;
    private Map<String, String> environment;
    private Path userHome;
    private String architecture;
    private WorkerJvm workerJvm;
    private RegistrySettings registries;
    private Clock clock;

    private Builder(BuilderSettings settings) {
      this.storeDirectory = settings.storeDirectory;
      this.storeLimit = settings.storeLimit;
      this.temporaryDirectory = settings.temporaryDirectory;
      this.environment = settings.environment;
      this.userHome = settings.userHome;
      this.architecture = settings.architecture;
      this.workerJvm = settings.workerJvm;
      this.registries = settings.registries;
      this.clock = settings.clock;
    }

    public Builder storeDirectory(Path directory) {
      this.storeDirectory = directory;
      return this;
    }

    public Builder storeLimit(long bytes) {
      this.storeLimit = bytes;
      return this;
    }

    public Builder temporaryDirectory(Path directory) {
      this.temporaryDirectory = directory;
      return this;
    }

    public Builder environment(Map<String, String> variables) {
      this.environment = variables;
      return this;
    }

    public Builder userHome(Path directory) {
      this.userHome = directory;
      return this;
    }

    public Builder architecture(String value) {
      this.architecture = value;
      return this;
    }

    public Builder workerJvm(WorkerJvm value) {
      this.workerJvm = value;
      return this;
    }

    public Builder registries(RegistrySettings value) {
      this.registries = value;
      return this;
    }

    public Builder clock(Clock value) {
      this.clock = value;
      return this;
    }

    public BuilderSettings build() {
      return new BuilderSettings(
          storeDirectory,
          storeLimit,
          temporaryDirectory,
          environment,
          userHome,
          architecture,
          workerJvm,
          registries,
          clock);
    }
  }
}
