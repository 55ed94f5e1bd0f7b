package dev.slipway.registry;

import java.net.URI;
import java.util.Set;

/** URLs as they may be printed: no user, and of the query only what is known to be no secret. */
final class PrintableUrl {
  private static final Set<String> PUBLIC = Set.of("digest", "mount", "from", "scope", "service");

  private PrintableUrl() {}

  static String of(URI url) {
    StringBuilder out = new StringBuilder();
    out.append(url.getScheme()).append("://").append(url.getHost());
    if (url.getPort() >= 0) {
      out.append(':').append(url.getPort());
    }
    out.append(url.getRawPath() == null ? "" : url.getRawPath());
    if (url.getRawQuery() != null) {
      char separator = '?';
      for (String parameter : url.getRawQuery().split("&", -1)) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        out.append(separator).append(PUBLIC.contains(name) ? parameter : name + "=…");
        separator = '&';
      }
    }
    return PlainText.of(out.toString(), 500);
  }
}
