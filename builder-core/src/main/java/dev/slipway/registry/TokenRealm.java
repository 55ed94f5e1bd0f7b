package dev.slipway.registry;

import com.google.common.net.InternetDomainName;
import dev.slipway.http.UrlOrigin;
import java.net.URI;
import java.util.Set;

/**
 * Decides what the token server that a registry names is told. A registry can name any server at
 * all, so credentials go only to where the user would expect them:
 *
 * <ul>
 *   <li>another port of the registry's host, as long as it has TLS where the registry has it;
 *   <li>over TLS, a host of the same registrable domain ({@code registry-1.docker.io} and {@code
 *       auth.docker.io}), or one that is configured as trusted;
 *   <li>for a registry on the loopback interface, another port of it.
 * </ul>
 *
 * <p>Any other public server is asked over TLS for an anonymous token. Addresses that are not
 * public, and plain HTTP, are not asked at all: a hostile registry could reach servers through us
 * that it cannot reach itself.
 */
enum TokenRealm {
  CREDENTIALS,
  ANONYMOUS,
  REFUSED;

  static TokenRealm of(URI registry, URI realm, Set<String> trusted) {
    if (UrlOrigin.isSame(registry, realm)) {
      return CREDENTIALS;
    }
    boolean web = UrlOrigin.scheme(realm).equals("https") || UrlOrigin.scheme(realm).equals("http");
    if (!web || UrlOrigin.host(realm).isEmpty() || realm.getUserInfo() != null) {
      return REFUSED;
    }
    if (UrlOrigin.isLoopback(registry) && UrlOrigin.isLoopback(realm)) {
      return CREDENTIALS;
    }
    if (trusted.contains(UrlOrigin.host(realm)) || trusted.contains(realm.getAuthority())) {
      return CREDENTIALS;
    }
    boolean encrypted = UrlOrigin.scheme(realm).equals("https");
    if (UrlOrigin.host(registry).equals(UrlOrigin.host(realm))) {
      return encrypted || UrlOrigin.scheme(registry).equals("http") ? CREDENTIALS : REFUSED;
    }
    if (!encrypted) {
      return REFUSED;
    }
    if (Endpoint.isPrivateAddress(realm)) {
      return REFUSED;
    }
    return sameDomain(UrlOrigin.host(registry), UrlOrigin.host(realm)) ? CREDENTIALS : ANONYMOUS;
  }

  private static boolean sameDomain(String a, String b) {
    if (!InternetDomainName.isValid(a) || !InternetDomainName.isValid(b)) {
      return false;
    }
    InternetDomainName first = InternetDomainName.from(a);
    InternetDomainName second = InternetDomainName.from(b);
    return first.isUnderPublicSuffix()
        && second.isUnderPublicSuffix()
        && first.topPrivateDomain().equals(second.topPrivateDomain());
  }
}
