package dev.slipway.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.http.BasicAuthorization;
import dev.slipway.oci.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows what to put into the {@code Authorization} header for one registry. Learns from its
 * challenges; keeps a token for each scope until the registry refuses it. Thread-safe. The token
 * protocol is Docker's: distribution, "Token Authentication Specification".
 */
final class Authorizer {
  private static final int MAX_ANSWER = 1 << 20;
  private static final String CLIENT = "slipway";

  private final Supplier<Endpoint> endpoint;
  private final CredentialSource source;
  private final HttpSender sender;
  private final Retries retries;
  private final Map<Scope, Slot> slots = new ConcurrentHashMap<>();
  private volatile @Nullable Challenge challenge;
  private @Nullable Optional<Credential> credential;
  private volatile @Nullable String problem;

  Authorizer(
      Supplier<Endpoint> endpoint, CredentialSource source, HttpSender sender, Retries retries) {
    this.endpoint = endpoint;
    this.source = source;
    this.sender = sender;
    this.retries = retries;
  }

  /** One token; its lock keeps threads from asking for the same one at once. */
  private static final class Slot {
    @Nullable String header;
  }

  /** The header's value; null as long as the registry has not asked, or goes without. */
  @Nullable String header(Scope scope) {
    Challenge known = challenge;
    if (known == null) {
      return null;
    }
    Slot slot = slots.computeIfAbsent(scope, any -> new Slot());
    synchronized (slot) {
      if (slot.header == null) {
        slot.header = known.isBasic() ? basic() : bearer(known, scope);
      }
      return slot.header;
    }
  }

  /**
   * Takes in that the registry refused a request that had {@code used} as header.
   *
   * @return whether to try again
   */
  boolean refused(HttpAnswer answer, Scope scope, @Nullable String used) {
    Challenge asked = Challenge.best(answer.headers("WWW-Authenticate"));
    if (asked == null) {
      return false;
    }
    challenge = asked;
    Slot slot = slots.computeIfAbsent(scope, any -> new Slot());
    synchronized (slot) {
      if (used != null && used.equals(slot.header)) {
        slot.header = null;
      }
    }
    return !(asked.isBasic() && (used != null || credential().isEmpty()));
  }

  /** What to tell the user when the registry refuses for good. */
  String hint() {
    String known = problem;
    if (known != null) {
      return known;
    }
    return credential().isPresent()
        ? "the credentials for "
            + registry()
            + " do not allow this; log in with an account that may, as with docker login"
        : "there are no credentials for "
            + registry()
            + "; log in, as with docker login "
            + registry();
  }

  private String registry() {
    return endpoint.get().registry();
  }

  private synchronized Optional<Credential> credential() {
    if (credential == null) {
      try {
        credential = source.find(registry());
      } catch (RegistryException e) {
        problem = e.getMessage();
        credential = Optional.empty();
      }
    }
    return credential;
  }

  private @Nullable String basic() {
    Credential known = credential().orElse(null);
    return known == null || known.kind() != Credential.Kind.PASSWORD ? null : basic(known);
  }

  private static String basic(Credential credential) {
    return BasicAuthorization.of(credential.username(), credential.secret());
  }

  private String bearer(Challenge asked, Scope scope) {
    Credential known = credential().orElse(null);
    if (known != null && known.kind() == Credential.Kind.REGISTRY_TOKEN) {
      return "Bearer " + known.secret();
    }
    URI realm = realm(asked);
    switch (TokenRealm.of(endpoint.get().root(), realm, sender.options().trustedRealms())) {
      case REFUSED ->
          throw new RegistryException(
              registry()
                  + " sends to the token server "
                  + PrintableUrl.of(realm)
                  + ", which is not asked",
              "a token server in another domain must be public and use https, or be configured as"
                  + " trusted",
              null);
      case ANONYMOUS -> {
        if (known != null) {
          problem =
              "the credentials for "
                  + registry()
                  + " were not sent to its token server on "
                  + realm.getHost()
                  + ", which is in another domain; configure that host as trusted to allow it";
        }
        known = null;
      }
      case CREDENTIALS -> {}
    }
    return "Bearer " + fetch(tokenCall(realm, asked, scope, known));
  }

  private URI realm(Challenge asked) {
    try {
      return URI.create(asked.parameter("realm"));
    } catch (IllegalArgumentException e) {
      throw new RegistryException(
          registry()
              + " names an invalid token server \""
              + PlainText.of(asked.parameter("realm"), 100)
              + "\"",
          null,
          e);
    }
  }

  private static HttpCall tokenCall(
      URI realm, Challenge asked, Scope scope, @Nullable Credential known) {
    StringBuilder query = new StringBuilder("client_id=" + CLIENT);
    if (!asked.parameter("service").isEmpty()) {
      query.append("&service=").append(encode(asked.parameter("service")));
    }
    if (known != null && known.kind() == Credential.Kind.IDENTITY_TOKEN) {
      query.append("&scope=").append(encode(String.join(" ", scope.parts())));
      query.append("&grant_type=refresh_token&refresh_token=").append(encode(known.secret()));
      byte[] form = query.toString().getBytes(StandardCharsets.UTF_8);
      return HttpCall.of("POST", realm)
          .withBody(HttpBody.of(form, "application/x-www-form-urlencoded"));
    }
    for (String part : scope.parts()) {
      query.append("&scope=").append(encode(part));
    }
    String separator = realm.getRawQuery() == null ? "?" : "&";
    HttpCall call = HttpCall.of("GET", URI.create(realm + separator + query));
    return known == null ? call : call.withHeader("Authorization", basic(known));
  }

  private String fetch(HttpCall call) {
    return retries.run(
        call,
        () -> {
          try (HttpAnswer answer = sender.send(call)) {
            if (Retries.isTransient(answer.status())) {
              throw new Retries.Unavailable(
                  RegistryErrors.refusal(call, answer, null), Retries.retryAfter(answer));
            }
            if (!answer.isSuccess()) {
              throw RegistryErrors.refusal(call, answer, hint());
            }
            return token(call, answer);
          }
        });
  }

  private static String token(HttpCall call, HttpAnswer answer) throws IOException {
    ObjectNode node = Json.parseObject(answer.bytes(MAX_ANSWER), "token");
    String token = node.path("token").asText("");
    if (token.isEmpty()) {
      token = node.path("access_token").asText("");
    }
    boolean usable = !token.isEmpty();
    for (int i = 0; usable && i < token.length(); i++) {
      usable = token.charAt(i) > ' ' && token.charAt(i) < 0x7f;
    }
    if (!usable) {
      throw new RegistryException(call.describe() + ": the answer has no usable token");
    }
    return token;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
