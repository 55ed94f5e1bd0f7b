package dev.slipway.session;

import dev.slipway.diagnostic.BuildException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy an address is reached by, as {@code http_proxy} and its kin say. A variable that says
 * nothing of use is an error when it is needed. A user and a password in one are not sent.
 */
final class Proxies extends ProxySelector {
  private static final int DEFAULT_PORT = 3128;
  private static final int MAX_PORT = 0xffff;

  private final Map<String, String> environment;

  private Proxies(Map<String, String> environment) {
    this.environment = environment;
  }

  static ProxySelector of(Map<String, String> environment) {
    return new Proxies(environment);
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = uri.getHost();
    if (host == null || isLoopback(host) || isExcluded(host)) {
      return List.of(Proxy.NO_PROXY);
    }
    String name = uri.getScheme() + "_proxy";
    String value = variable(name);
    if (value == null || value.isEmpty()) {
      name = "all_proxy";
      value = variable(name);
    }
    return List.of(value == null || value.isEmpty() ? Proxy.NO_PROXY : proxy(name, value));
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private boolean isExcluded(String host) {
    String excluded = variable("no_proxy");
    if (excluded == null) {
      return false;
    }
    for (String entry : excluded.split(",")) {
      String name = entry.strip().toLowerCase(Locale.ROOT);
      if (name.startsWith(".")) {
        name = name.substring(1);
      }
      if (name.equals("*") || !name.isEmpty() && (host.equals(name) || host.endsWith("." + name))) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String variable(String lower) {
    String value = environment.get(lower);
    return value != null ? value : environment.get(lower.toUpperCase(Locale.ROOT));
  }

  private static Proxy proxy(String name, String value) {
    URI uri;
    try {
      uri = new URI(value.contains("://") ? value : "http://" + value);
    } catch (URISyntaxException e) {
      throw noAddress(name); // without the cause, which repeats the value
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    if (uri.getHost() == null || port > MAX_PORT) {
      throw noAddress(name);
    }
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
  }

  /** Does not say the value: there may be a password in it. */
  private static BuildException noAddress(String name) {
    return new BuildException(
        "the environment variable " + name + " holds no address of a proxy",
        null,
        "expected http://HOST:PORT",
        null);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The request itself fails and tells why.
  }
}
