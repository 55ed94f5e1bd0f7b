package dev.slipway.reference;

import dev.slipway.oci.Digest;
import dev.slipway.oci.OciException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Docker's grammar of references, without regular expressions: they cost more at start-up than all
 * that is parsed with them.
 */
final class ReferenceGrammar {
  private static final int MAX_NAME = 255;
  private static final int MAX_TAG = 128;

  private ReferenceGrammar() {}

  static ImageReference parse(String text) {
    if (text.isEmpty()) {
      throw new ReferenceException("invalid image reference \"\": it is empty", null);
    }
    int at = text.indexOf('@');
    Digest digest = at < 0 ? null : parseDigest(text, text.substring(at + 1));
    String rest = at < 0 ? text : text.substring(0, at);
    int colon = rest.lastIndexOf(':');
    String tag = null;
    if (colon > rest.lastIndexOf('/')) {
      tag = rest.substring(colon + 1);
      rest = rest.substring(0, colon);
    }
    if (isHex64(rest)) {
      throw invalid(text, "64 hex digits are an image id, expected a name");
    }
    int slash = rest.indexOf('/');
    String registry = ImageReference.DOCKER_HUB;
    String repository = rest;
    if (slash >= 0 && isRegistry(rest.substring(0, slash))) {
      registry = rest.substring(0, slash);
      repository = rest.substring(slash + 1);
    }
    if (registry.equals("index.docker.io")) {
      registry = ImageReference.DOCKER_HUB;
    }
    if (registry.equals(ImageReference.DOCKER_HUB) && repository.indexOf('/') < 0) {
      repository = "library/" + repository;
    }
    try {
      return new ImageReference(registry, repository, tag, digest);
    } catch (ReferenceException e) {
      throw new ReferenceException(
          "invalid image reference \"" + shorten(text) + "\": " + e.getMessage(), e.hint());
    }
  }

  /** Docker's rule: the first part is a host if it could not be a folder of Docker Hub. */
  private static boolean isRegistry(String part) {
    return part.indexOf('.') >= 0
        || part.indexOf(':') >= 0
        || part.equals("localhost")
        || !part.equals(part.toLowerCase(Locale.ROOT));
  }

  static void check(String registry, String repository, @Nullable String tag) {
    checkRegistry(registry);
    if (repository.isEmpty()) {
      throw new ReferenceException("the repository name is empty", null);
    }
    if (registry.length() + 1 + repository.length() > MAX_NAME) {
      throw new ReferenceException("the name is longer than " + MAX_NAME + " characters", null);
    }
    String lower = repository.toLowerCase(Locale.ROOT);
    for (String component : lower.split("/", -1)) {
      checkComponent(repository, component);
    }
    if (!repository.equals(lower)) {
      throw new ReferenceException(
          "repository name \"" + repository + "\" must be lower case", "write " + lower);
    }
    if (tag != null) {
      checkTag(tag);
    }
  }

  private static void checkComponent(String repository, String component) {
    int i = 0;
    while (true) {
      int start = i;
      while (i < component.length() && isLowerOrDigit(component.charAt(i))) {
        i++;
      }
      if (i == start) {
        throw badName(repository, component, i);
      }
      if (i == component.length()) {
        return;
      }
      i = skipSeparator(repository, component, i);
    }
  }

  /** One dot, one or two underscores, or any number of hyphens. */
  private static int skipSeparator(String repository, String component, int at) {
    char c = component.charAt(at);
    int i = at + 1;
    if (c == '-') {
      while (i < component.length() && component.charAt(i) == '-') {
        i++;
      }
    } else if (c == '_') {
      if (i < component.length() && component.charAt(i) == '_') {
        i++;
      }
    } else if (c != '.') {
      throw badName(repository, component, at);
    }
    return i;
  }

  private static ReferenceException badName(String repository, String component, int at) {
    String found =
        component.isEmpty()
            ? "an empty part"
            : at >= component.length() ? "the end" : "'" + component.charAt(at) + "'";
    return new ReferenceException(
        "repository name \""
            + repository
            + "\" has "
            + found
            + " where a lower case letter or digit is expected",
        null);
  }

  private static void checkTag(String tag) {
    boolean valid = !tag.isEmpty() && tag.length() <= MAX_TAG && isWord(tag.charAt(0));
    for (int i = 1; valid && i < tag.length(); i++) {
      char c = tag.charAt(i);
      valid = isWord(c) || c == '.' || c == '-';
    }
    if (!valid) {
      throw new ReferenceException(
          "invalid tag \""
              + shorten(tag)
              + "\": expected up to 128 letters, digits, '_', '.' or '-', not starting with '.'"
              + " or '-'",
          null);
    }
  }

  private static void checkRegistry(String registry) {
    String host = registry;
    int bracket = registry.startsWith("[") ? registry.indexOf(']') : -1;
    int colon = registry.indexOf(':', Math.max(0, bracket));
    if (colon >= 0) {
      host = registry.substring(0, colon);
      checkPort(registry, registry.substring(colon + 1));
    }
    boolean valid = bracket > 0 ? isIpv6(host) : isHostName(host);
    if (!valid) {
      throw new ReferenceException("invalid registry \"" + shorten(registry) + "\"", null);
    }
  }

  private static void checkPort(String registry, String port) {
    boolean valid = !port.isEmpty() && port.length() <= 5;
    for (int i = 0; valid && i < port.length(); i++) {
      valid = port.charAt(i) >= '0' && port.charAt(i) <= '9';
    }
    if (!valid || Integer.parseInt(port) > 65535) {
      throw new ReferenceException(
          "invalid registry \"" + shorten(registry) + "\": the port is no number up to 65535",
          null);
    }
  }

  private static boolean isIpv6(String host) {
    for (int i = 1; i < host.length() - 1; i++) {
      char c = host.charAt(i);
      if (c != ':' && c != '.' && Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return host.length() > 3 && host.endsWith("]");
  }

  private static boolean isHostName(String host) {
    boolean labelEnded = true;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (isLowerOrDigit(c) || (c >= 'A' && c <= 'Z')) {
        labelEnded = false;
      } else if (labelEnded || (c != '-' && c != '.')) {
        return false;
      } else if (c == '.') {
        if (host.charAt(i - 1) == '-') {
          return false;
        }
        labelEnded = true;
      }
    }
    return !labelEnded && !host.endsWith("-");
  }

  private static Digest parseDigest(String text, String digest) {
    try {
      return Digest.parse(digest);
    } catch (OciException e) {
      throw invalid(text, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isHex64(String text) {
    return Digest.isDigest(Digest.SHA256 + ":" + text);
  }

  private static boolean isLowerOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  private static boolean isWord(char c) {
    return isLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static ReferenceException invalid(String text, String why) {
    return new ReferenceException(
        "invalid image reference \"" + shorten(text) + "\": " + why, null);
  }

  private static String shorten(String text) {
    return text.length() <= 160 ? text : text.substring(0, 160) + "…";
  }
}
