package dev.slipway.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.function.Supplier;
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
 * TLS, set up when the first server needs it: reading all certificate authorities takes longer than
 * a push to a registry on this machine. Certificates are checked, but for the hosts that are
 * configured otherwise.
 */
public final class TlsSockets implements LayeredConnectionSocketFactory {
  /**
   * RFC 2818 and 6125, without the list of public suffixes: it takes 30 ms to read, and authorities
   * may sign no wildcard for one.
   */
  private static final HostnameVerifier VERIFIER = new DefaultHostnameVerifier();

  private final Supplier<SSLContext> trust;
  private final Set<String> untrusted;
  private @Nullable SSLConnectionSocketFactory checking;
  private @Nullable SSLConnectionSocketFactory trusting;

  /**
   * @param trust what certificates are checked with; asked once
   * @param untrusted hosts, with a port or without, whose certificates are not checked
   */
  public TlsSockets(Supplier<SSLContext> trust, Set<String> untrusted) {
    this.trust = trust;
    this.untrusted = untrusted;
  }

  /** Trusts what the platform trusts. */
  public static TlsSockets ofPlatform() {
    return new TlsSockets(SSLContexts::createDefault, Set.of());
  }

  private SSLConnectionSocketFactory factory(String host, int port) {
    return untrusted.contains(host) || untrusted.contains(host + ":" + port)
        ? trusting()
        : checking();
  }

  private synchronized SSLConnectionSocketFactory checking() {
    if (checking == null) {
      checking = new SSLConnectionSocketFactory(trust.get(), VERIFIER);
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
