package dev.slipway.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which proxy an address is reached by, as {@code http_proxy} and its kin say. */
final class Proxies extends ProxySelector {
  private static final int DEFAULT_PORT = 3128;

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
    String value = variable(uri.getScheme() + "_proxy");
    if (value == null || value.isEmpty()) {
      value = variable("all_proxy");
    }
    Proxy proxy = value == null || value.isEmpty() ? null : proxy(value);
    return List.of(proxy == null ? Proxy.NO_PROXY : proxy);
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

  private static @Nullable Proxy proxy(String value) {
    URI uri = URI.create(value.contains("://") ? value : "http://" + value);
    if (uri.getHost() == null) {
      return null;
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The request itself fails and tells why.
  }
}
