package dev.slipway.http;

import org.jspecify.annotations.Nullable;

/**
 * A proxy that is spoken to by HTTP.
 *
 * @param user null where the proxy asks for none
 * @param password of the user, empty without one
 */
record HttpProxy(String host, int port, @Nullable String user, String password) {
  /** Without the user and the password. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
