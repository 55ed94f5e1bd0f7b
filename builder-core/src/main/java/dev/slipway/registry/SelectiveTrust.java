package dev.slipway.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.http.HttpHost;
import org.apache.http.conn.socket.LayeredConnectionSocketFactory;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.protocol.HttpContext;
import org.apache.http.ssl.SSLContextBuilder;

/** TLS that checks certificates, but for the hosts whose certificates are not to be checked. */
final class SelectiveTrust implements LayeredConnectionSocketFactory {
  private final Set<String> unchecked;
  private final SSLConnectionSocketFactory checking;
  private final SSLConnectionSocketFactory trusting;

  SelectiveTrust(RegistryOptions options) {
    this.unchecked = options.untrustedTls();
    this.checking =
        new SSLConnectionSocketFactory(
            TrustedCertificates.context(options.certificateAuthorities()));
    this.trusting = new SSLConnectionSocketFactory(trustAll(), NoopHostnameVerifier.INSTANCE);
  }

  private static SSLContext trustAll() {
    try {
      return SSLContextBuilder.create().loadTrustMaterial((chain, type) -> true).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has TLS
    }
  }

  private SSLConnectionSocketFactory factory(String host, int port) {
    return unchecked.contains(host) || unchecked.contains(host + ":" + port) ? trusting : checking;
  }

  @Override
  public Socket createSocket(HttpContext context) throws IOException {
    return checking.createSocket(context); // not yet TLS: the same for both
  }

  @Override
  public Socket connectSocket(
      int timeout,
      Socket socket,
      HttpHost host,
      InetSocketAddress remote,
      InetSocketAddress local,
      HttpContext context)
      throws IOException {
    return factory(host.getHostName(), remote.getPort())
        .connectSocket(timeout, socket, host, remote, local, context);
  }

  @Override
  public Socket createLayeredSocket(Socket socket, String host, int port, HttpContext context)
      throws IOException {
    return factory(host, port).createLayeredSocket(socket, host, port, context);
  }
}
