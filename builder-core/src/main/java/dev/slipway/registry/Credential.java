package dev.slipway.registry;

/**
 * Proves to a registry who asks. Never printed.
 *
 * @param kind what {@code secret} is
 * @param username empty for tokens
 */
public record Credential(Kind kind, String username, String secret) {
  /** What a secret is. */
  public enum Kind {
    /** Goes with the user name. */
    PASSWORD,
    /** An OAuth2 refresh token, that the token server exchanges for an access token. */
    IDENTITY_TOKEN,
    /** A bearer token for the registry itself. */
    REGISTRY_TOKEN
  }

  public static Credential password(String username, String password) {
    return new Credential(Kind.PASSWORD, username, password);
  }

  public static Credential identityToken(String token) {
    return new Credential(Kind.IDENTITY_TOKEN, "", token);
  }

  public static Credential registryToken(String token) {
    return new Credential(Kind.REGISTRY_TOKEN, "", token);
  }

  @Override
  public String toString() {
    return "credential of kind " + kind;
  }
}
