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

  private record Form(String what, Pattern pattern) {
    Form(String what, String pattern) {
      this(what, Pattern.compile(pattern));
    }
  }

  private static final List<Form> FORMS =
      List.of(
          new Form("GitHub token", "\\bgh[pousr]_[A-Za-z0-9]{36}"),
          new Form("GitHub token", "\\bgithub_pat_[A-Za-z0-9_]{60}"),
          new Form("GitLab token", "\\bglpat-[A-Za-z0-9_-]{20}"),
          new Form("AWS key id", "\\b(?:AKIA|ASIA)[A-Z2-7]{16}\\b"),
          new Form("Slack token", "\\bxox[abeoprs]-[0-9A-Za-z]{8,}-?[0-9A-Za-z-]*"),
          new Form("npm token", "\\bnpm_[A-Za-z0-9]{36}"),
          new Form("PyPI token", "\\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{20}"),
          new Form("Google key", "\\bAIza[0-9A-Za-z_-]{35}"),
          new Form("Stripe key", "\\b[rs]k_live_[0-9a-zA-Z]{24}"),
          new Form("private key", "-----BEGIN (?:[A-Z0-9]{1,10} ){0,3}PRIVATE KEY"),
          new Form(
              "password in a URL",
              "\\b[a-z][a-z0-9+.-]{1,20}://[^/\\s:@\"'$]{1,100}:(?![$*<{]|x{3})[^/\\s@\"']{3,200}@"));

  /** The first token in a text, or null. */
  static @Nullable FoundToken find(String text) {
    for (Form form : FORMS) {
      Matcher matcher = form.pattern().matcher(text);
      // AWS's documentation has keys that end so; they open nothing.
      if (matcher.find() && !matcher.group().endsWith("EXAMPLE")) {
        return new FoundToken(form.what(), shown(matcher.group()));
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
