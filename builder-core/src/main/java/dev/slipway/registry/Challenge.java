package dev.slipway.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a registry wants to be told who asks: one challenge of a {@code WWW-Authenticate} header. RFC
 * 9110 section 11.6.1.
 *
 * @param scheme lower case
 * @param parameters names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
  private static final int MAX_PARAMETERS = 30;

  boolean isBearer() {
    return scheme.equals("bearer");
  }

  boolean isBasic() {
    return scheme.equals("basic");
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** The one to take: a token if it is offered with a realm, else a password; null for neither. */
  static @Nullable Challenge best(List<String> headers) {
    Challenge best = null;
    for (String header : headers) {
      for (Parser parser = new Parser(header); !parser.atEnd(); ) {
        Challenge challenge = parser.next();
        if (challenge == null) {
          break;
        }
        if (challenge.isBearer() && !challenge.parameter("realm").isEmpty()) {
          return challenge;
        }
        if (challenge.isBasic()) {
          best = challenge;
        }
      }
    }
    return best;
  }

  /** Reads challenges one after the other; what it does not understand ends the header. */
  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    boolean atEnd() {
      skip();
      return at >= text.length();
    }

    @Nullable Challenge next() {
      String scheme = token();
      if (scheme.isEmpty()) {
        return null;
      }
      Map<String, String> parameters = new LinkedHashMap<>();
      while (!atEnd() && parameters.size() < MAX_PARAMETERS) {
        int start = at;
        String name = token();
        blanks();
        if (name.isEmpty() || at >= text.length() || text.charAt(at) != '=') {
          at = start; // the scheme of the next challenge
          break;
        }
        at++;
        blanks();
        String value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
        parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
      }
      return new Challenge(scheme.toLowerCase(Locale.ROOT), parameters);
    }

    private void skip() {
      while (at < text.length() && (isBlank(text.charAt(at)) || text.charAt(at) == ',')) {
        at++;
      }
    }

    private void blanks() {
      while (at < text.length() && isBlank(text.charAt(at))) {
        at++;
      }
    }

    private String token() {
      int start = at;
      while (at < text.length()
          && "=,\"".indexOf(text.charAt(at)) < 0
          && !isBlank(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private String quoted() {
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at));
      }
      at++;
      return value.toString();
    }

    private static boolean isBlank(char c) {
      return c == ' ' || c == '\t';
    }
  }
}
