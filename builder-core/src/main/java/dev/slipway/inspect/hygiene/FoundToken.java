package dev.slipway.inspect.hygiene;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token in a text, known by a form that nothing else has.
 *
 * @param what it is, as {@code GitHub token}
 * @param shown the start of it; the rest is not repeated anywhere
 */
record FoundToken(String what, String shown) {
  private static final int SHOWN = 4;

  /**
   * How a token is known. Expressions are compiled for texts that have the mark only: all of them
   * take a young JVM as long as the rest of an image's checks.
   *
   * @param mark a part of each such token
   */
  private record Form(String what, String mark, String expression) {
    @Nullable String first(String text) {
      if (!text.contains(mark)) {
        return null;
      }
      Matcher matcher = Pattern.compile(expression).matcher(text);
      return matcher.find() ? matcher.group() : null;
    }
  }

  private static final List<Form> FORMS =
      List.of(
          new Form("GitHub token", "gh", "\\bgh[pousr]_[A-Za-z0-9]{36}"),
          new Form("GitHub token", "github_pat_", "\\bgithub_pat_[A-Za-z0-9_]{60}"),
          new Form("GitLab token", "glpat-", "\\bglpat-[A-Za-z0-9_-]{20}"),
          new Form("AWS key id", "IA", "\\b(?:AKIA|ASIA)[A-Z2-7]{16}\\b"),
          new Form("Slack token", "xox", "\\bxox[abeoprs]-[0-9A-Za-z]{8,}-?[0-9A-Za-z-]*"),
          new Form("npm token", "npm_", "\\bnpm_[A-Za-z0-9]{36}"),
          new Form("PyPI token", "pypi-", "\\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{20}"),
          new Form("Google key", "AIza", "\\bAIza[0-9A-Za-z_-]{35}"),
          new Form("Stripe key", "k_live_", "\\b[rs]k_live_[0-9a-zA-Z]{24}"),
          new Form("private key", "PRIVATE KEY", "-----BEGIN (?:[A-Z0-9]{1,10} ){0,3}PRIVATE KEY"),
          new Form(
              "password in a URL",
              "://",
              "\\b[a-z][a-z0-9+.-]{1,20}://[^/\\s:@\"'$]{1,100}:(?![$*<{]|x{3})[^/\\s@\"']{3,200}@"));

  /** The first token in a text, or null. */
  static @Nullable FoundToken find(String text) {
    for (Form form : FORMS) {
      String token = form.first(text);
      // AWS's documentation has keys that end so; they open nothing.
      if (token != null && !token.endsWith("EXAMPLE")) {
        return new FoundToken(form.what(), shown(token));
      }
    }
    return null;
  }

  private static String shown(String token) {
    int scheme = token.indexOf("://");
    int length = scheme >= 0 ? token.indexOf(':', scheme + 3) + 1 : SHOWN;
    return token.substring(0, Math.min(length, token.length())) + "…";
  }
}
