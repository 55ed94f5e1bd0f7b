package dev.slipway.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.auth.AUTH;
import org.apache.http.auth.AuthState;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.auth.BasicScheme;
import org.apache.http.impl.conn.DefaultRoutePlanner;
import org.apache.http.impl.conn.DefaultSchemePortResolver;
import org.apache.http.message.BasicHeader;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Leads each request through its proxy. Its user and password are sent with the first request, or
 * with the CONNECT that opens a tunnel, unasked: a body that was refused could not be sent again.
 */
final class ProxyRoutes extends DefaultRoutePlanner {
  private final Proxies proxies;

  ProxyRoutes(Proxies proxies) {
    super(DefaultSchemePortResolver.INSTANCE);
    this.proxies = proxies;
  }

  @Override
  protected @Nullable HttpHost determineProxy(
      HttpHost target, HttpRequest request, HttpContext context) throws HttpException {
    HttpProxy proxy = proxies.select(URI.create(target.toURI()));
    if (proxy == null) {
      return null;
    }
    if (proxy.user() != null) {
      context.setAttribute(
          HttpClientContext.PROXY_AUTH_STATE, basic(proxy.user(), proxy.password()));
    }
    return new HttpHost(proxy.host(), proxy.port());
  }

  private static AuthState basic(String user, String password) throws HttpException {
    BasicScheme scheme = new BasicScheme(StandardCharsets.UTF_8);
    // As if the proxy had asked for it; this is how the scheme learns that it is for a proxy.
    scheme.processChallenge(new BasicHeader(AUTH.PROXY_AUTH, "Basic realm=\"proxy\""));
    AuthState state = new AuthState();
    state.update(scheme, new UsernamePasswordCredentials(user, password));
    return state;
  }
}
