package dev.slipway.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.SocketFactory;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.apache.http.HttpHost;
import org.apache.http.conn.socket.LayeredConnectionSocketFactory;
import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.protocol.HttpContext;
import org.apache.http.ssl.SSLContextBuilder;
import org.apache.http.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/**
 * TLS, set up when the first registry needs it: reading all certificate authorities takes longer
 * than a push to a registry on this machine. Certificates are checked, but for the hosts that are
 * configured otherwise.
 */
final class TlsSockets implements LayeredConnectionSocketFactory {
  /**
   * RFC 2818 and 6125, without the list of public suffixes: it takes 30 ms to read, and authorities
   * may sign no wildcard for one.
   */
  private static final HostnameVerifier VERIFIER = new DefaultHostnameVerifier();

  private final RegistryOptions options;
  private @Nullable SSLConnectionSocketFactory checking;
  private @Nullable SSLConnectionSocketFactory trusting;

  TlsSockets(RegistryOptions options) {
    this.options = options;
  }

  private SSLConnectionSocketFactory factory(String host, int port) {
    boolean unchecked =
        options.untrustedTls().contains(host) || options.untrustedTls().contains(host + ":" + port);
    return unchecked ? trusting() : checking();
  }

  private synchronized SSLConnectionSocketFactory checking() {
    if (checking == null) {
      SSLContext context =
          options.certificateAuthorities().isEmpty()
              ? SSLContexts.createDefault()
              : TrustedCertificates.context(options.certificateAuthorities());
      checking = new SSLConnectionSocketFactory(context, VERIFIER);
    }
    return checking;
  }

  private synchronized SSLConnectionSocketFactory trusting() {
    if (trusting == null) {
      trusting = new SSLConnectionSocketFactory(trustAll(), NoopHostnameVerifier.INSTANCE);
    }
    return trusting;
  }

  private static SSLContext trustAll() {
    try {
      return SSLContextBuilder.create().loadTrustMaterial((chain, type) -> true).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has TLS
    }
  }

  /** Not yet TLS. */
  @Override
  public Socket createSocket(HttpContext context) throws IOException {
    return SocketFactory.getDefault().createSocket();
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
