package dev.slipway.http;

import dev.slipway.diagnostic.BuildException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy an address is reached by, as {@code http_proxy} and its kin say, in either case. A
 * variable that says nothing of use is an error when it is needed.
 */
public final class Proxies {
  public static final Proxies NONE = new Proxies(Map.of());

  private static final int DEFAULT_PORT = 80;
  private static final int MAX_PORT = 0xffff;

  private final Map<String, String> environment;

  private Proxies(Map<String, String> environment) {
    this.environment = environment;
  }

  public static Proxies of(Map<String, String> environment) {
    return new Proxies(environment);
  }

  /**
   * The proxy for a URL, null for none.
   *
   * @throws BuildException for a variable that names no proxy of HTTP; what it says is not repeated
   */
  @Nullable HttpProxy select(URI uri) {
    if (uri.getHost() == null || UrlOrigin.isLoopback(uri) || isExcluded(uri)) {
      return null;
    }
    String name = UrlOrigin.scheme(uri) + "_proxy";
    String value = variable(name);
    if (value.isEmpty()) {
      name = "all_proxy";
      value = variable(name);
    }
    return value.isEmpty() ? null : proxy(name, value);
  }

  private boolean isExcluded(URI uri) {
    for (String entry : variable("no_proxy").split(",")) {
      if (new ProxyExclusion(entry.strip()).covers(uri)) {
        return true;
      }
    }
    return false;
  }

  private String variable(String lower) {
    String value = environment.get(lower);
    return value != null ? value : environment.getOrDefault(lower.toUpperCase(Locale.ROOT), "");
  }

  private static HttpProxy proxy(String name, String value) {
    URI uri;
    try {
      uri = new URI(value.contains("://") ? value : "http://" + value);
    } catch (URISyntaxException e) {
      throw unusable(name, "holds no address of a proxy"); // without the cause, which repeats it
    }
    if (!UrlOrigin.scheme(uri).equals("http")) {
      throw unusable(name, "names a proxy of the kind \"" + UrlOrigin.scheme(uri) + "\"");
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    if (uri.getHost() == null || port > MAX_PORT) {
      throw unusable(name, "holds no address of a proxy");
    }
    String info = uri.getRawUserInfo();
    if (info == null) {
      return new HttpProxy(uri.getHost(), port, null, "");
    }
    int colon = info.indexOf(':');
    String user = colon < 0 ? info : info.substring(0, colon);
    String password = colon < 0 ? "" : info.substring(colon + 1);
    return new HttpProxy(
        uri.getHost(), port, PercentEncoding.decode(user), PercentEncoding.decode(password));
  }

  /** Does not say the value: there may be a password in it. */
  private static BuildException unusable(String name, String problem) {
    return new BuildException(
        "the environment variable " + name + " " + problem,
        null,
        "expected http://HOST:PORT or http://USER:PASSWORD@HOST:PORT",
        null);
  }
}
