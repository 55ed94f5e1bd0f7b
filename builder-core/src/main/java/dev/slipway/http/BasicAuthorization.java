package dev.slipway.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a header says for a user and a password. RFC 7617. */
public final class BasicAuthorization {
  private BasicAuthorization() {}

  public static String of(String user, String password) {
    return ofPair(user + ":" + password);
  }

  /**
   * @param userInfo as it stands in a URL, percent-encoded
   */
  public static String ofUserInfo(String userInfo) {
    return ofPair(PercentEncoding.decode(userInfo));
  }

  private static String ofPair(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
