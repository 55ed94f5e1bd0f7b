package dev.slipway.registry;

import dev.slipway.http.UrlOrigin;
import dev.slipway.progress.Cancellation;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One registry: sends calls with what it wants to know of who asks, follows its redirects, retries
 * what may pass. Thread-safe.
 */
final class RegistryHost {
  private static final int MAX_REDIRECTS = 8;
  private static final int MAX_IGNORED = 64 << 10;

  /** Answers whether there is a registry at all; distribution-spec, "Determining Support". */
  private static final String BASE = "/v2/";

  private volatile Endpoint endpoint;
  private final Authorizer authorizer;
  private final HttpSender sender;
  private final Retries retries;

  RegistryHost(Endpoint endpoint, CredentialSource credentials, HttpSender sender) {
    this.endpoint = endpoint;
    this.sender = sender;
    this.retries = new Retries(sender.options().retry(), sender.cancellation());
    this.authorizer = new Authorizer(() -> this.endpoint, credentials, sender, retries);
  }

  String registry() {
    return endpoint.registry();
  }

  Cancellation cancellation() {
    return sender.cancellation();
  }

  Retries retries() {
    return retries;
  }

  URI url(String path) {
    return endpoint.resolve(path);
  }

  /** Makes the handshake of TLS before it is waited for; what is asked next tells what fails. */
  void connect() {
    if (endpoint.isPlainHttp()) {
      return;
    }
    try (HttpAnswer answer = sender.send(HttpCall.of("GET", endpoint.resolve(BASE)))) {
      answer.excerpt(MAX_IGNORED);
    } catch (IOException | RuntimeException e) {
      // As said.
    }
  }

  /**
   * Sends again while the answer is a transient failure; statuses that the caller does not expect
   * are refusals.
   *
   * @param expected statuses that are given back, beside successes
   */
  HttpAnswer send(HttpCall call, Scope scope, int... expected) {
    return retries.run(call, () -> sendOnce(call, scope, expected));
  }

  /**
   * Sends once, for callers that retry more than the one call.
   *
   * @throws IOException if trying again may help
   * @throws RegistryException if the registry refused
   */
  HttpAnswer sendOnce(HttpCall asked, Scope scope, int... expected) throws IOException {
    HttpCall call = isBehindTls(asked) ? asked.withUrl(withTls(asked.url())) : asked;
    HttpAnswer answer = sendAuthorized(call, scope);
    if (answer.isSuccess() || contains(expected, answer.status())) {
      return answer;
    }
    try (answer) {
      boolean denied = answer.status() == 401 || answer.status() == 403;
      RegistryException refusal =
          RegistryErrors.refusal(call, answer, denied ? authorizer.hint() : null);
      if (Retries.isTransient(answer.status())) {
        throw new Retries.Unavailable(refusal, Retries.retryAfter(answer));
      }
      if (speaksTlsOnly(call, refusal)) {
        endpoint = endpoint.withTls();
        return sendOnce(call, scope, expected);
      }
      throw refusal;
    }
  }

  private HttpAnswer sendAuthorized(HttpCall call, Scope scope) throws IOException {
    // A token may have run out, and a registry may ask again for a wider one: twice is enough.
    for (int refusals = 0; ; refusals++) {
      boolean ours = UrlOrigin.isSame(call.url(), endpoint.root());
      String header = ours ? authorizer.header(scope) : null;
      HttpCall authorized = header == null ? call : call.withHeader("Authorization", header);
      HttpAnswer answer = follow(authorized);
      // Who a redirect leads to has no say in what the registry wants to know.
      boolean again =
          UrlOrigin.isSame(answer.call().url(), endpoint.root())
              && answer.status() == 401
              && refusals < 2
              && authorizer.refused(answer, scope, header);
      if (!again) {
        return answer;
      }
      answer.excerpt(MAX_IGNORED); // so that the connection can be used again
      answer.close();
    }
  }

  /** Only what reads is redirected; the registry's secrets stay behind where the origin changes. */
  private HttpAnswer follow(HttpCall first) throws IOException {
    HttpCall call = first;
    for (int redirects = 0; ; redirects++) {
      HttpAnswer answer = sender.send(call);
      if (!isRedirect(answer.status()) || !isRead(call)) {
        return answer;
      }
      try (answer) {
        answer.excerpt(MAX_IGNORED);
        String location = answer.header("Location");
        if (location == null) {
          throw RegistryErrors.refusal(call, answer, null);
        }
        if (redirects >= MAX_REDIRECTS) {
          throw new RegistryException(
              first.describe() + ": more than " + MAX_REDIRECTS + " redirects");
        }
        call = redirected(call, location);
      }
    }
  }

  private HttpCall redirected(HttpCall call, String location) {
    URI target = resolve(call, location);
    boolean web =
        UrlOrigin.scheme(target).equals("https") || UrlOrigin.scheme(target).equals("http");
    if (!web || (UrlOrigin.scheme(target).equals("http") && !endpoint.isPlainHttp())) {
      throw new RegistryException(
          call.describe() + ": redirected to " + PrintableUrl.of(target) + ", which is not https");
    }
    HttpCall next = call.withUrl(target);
    if (!UrlOrigin.isSame(call.url(), target)) {
      Map<String, String> headers = new LinkedHashMap<>(call.headers());
      headers.remove("Authorization");
      next = new HttpCall(call.method(), target, headers, call.body());
    }
    return next;
  }

  /** A {@code Location}, absolute or relative to the call that it answers. */
  static URI resolve(HttpCall call, String location) {
    try {
      URI target = call.url().resolve(location);
      if (target.getHost() == null) {
        throw new IllegalArgumentException("no host");
      }
      return target;
    } catch (IllegalArgumentException e) {
      throw new RegistryException(
          call.describe() + ": invalid location \"" + PlainText.of(location, 100) + "\"", null, e);
    }
  }

  private static boolean isRead(HttpCall call) {
    return call.method().equals("GET") || call.method().equals("HEAD");
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /** Go's servers say so; a registry on the loopback interface may have TLS after all. */
  private boolean speaksTlsOnly(HttpCall call, RegistryException refusal) throws IOException {
    if (isBehindTls(call)) {
      return true; // another thread was told first
    }
    if (refusal.status() != 400
        || !endpoint.isPlainHttp()
        || !UrlOrigin.isSame(call.url(), endpoint.root())) {
      return false;
    }
    if (!call.method().equals("HEAD")) {
      return saysTls(refusal);
    }
    HttpCall probe = HttpCall.of("GET", endpoint.resolve(BASE));
    try (HttpAnswer answer = sender.send(probe)) {
      return answer.status() == 400 && saysTls(RegistryErrors.refusal(probe, answer, null));
    }
  }

  /** Whether a call was made out before it was known that the registry has TLS. */
  private boolean isBehindTls(HttpCall call) {
    return !endpoint.isPlainHttp()
        && UrlOrigin.scheme(call.url()).equals("http")
        && endpoint.root().getRawAuthority().equals(call.url().getRawAuthority());
  }

  private static boolean saysTls(RegistryException refusal) {
    return String.valueOf(refusal.getMessage()).contains("HTTP request to an HTTPS server");
  }

  private static URI withTls(URI url) {
    return URI.create("https" + url.toString().substring("http".length()));
  }

  private static boolean contains(int[] statuses, int status) {
    for (int each : statuses) {
      if (each == status) {
        return true;
      }
    }
    return false;
  }

  /** The path of a repository's API. */
  static String path(String repository, String rest) {
    return BASE + repository + "/" + rest;
  }
}
