package dev.slipway.diagnostic;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** URLs and texts with the credentials taken out, for messages and for memory. */
public final class RedactedUrl {
  private static final String HIDDEN = "***";

  private RedactedUrl() {}

  /** Compiled where a text may have such a URL, as most have none. */
  private static final class UserInText {
    static final Pattern PATTERN =
        Pattern.compile("(https?://)([^\\s/?#\"'`<>]+)@", Pattern.CASE_INSENSITIVE);
  }

  /** The URL without its user and password. */
  public static String of(String url) {
    String user = userInfo(url);
    return user.isEmpty() ? url : url.replace(user + "@", "");
  }

  private static boolean mayHaveUser(String text) {
    return text.contains("://") && text.contains("@");
  }

  /** A text in which URLs may stand, with the user and password of each hidden. */
  public static String everyIn(String text) {
    return mayHaveUser(text)
        ? UserInText.PATTERN.matcher(text).replaceAll("$1" + HIDDEN + "@")
        : text;
  }

  /** The same in which all else stays in its column. */
  static String everyInLine(String line) {
    return mayHaveUser(line)
        ? UserInText.PATTERN
            .matcher(line)
            .replaceAll(found -> found.group(1) + "*".repeat(found.group(2).length()) + "@")
        : line;
  }

  /** A text about the URL, as another program printed it, with user and password hidden. */
  public static String inText(String text, String url) {
    List<String> secrets = new ArrayList<>();
    String user = userInfo(url);
    int colon = user.indexOf(':');
    if (!user.isEmpty() && !url.startsWith("ssh://")) {
      secrets.add(user);
      secrets.add(user.substring(colon + 1));
    }
    String redacted = text;
    for (String secret : secrets) {
      if (!secret.isEmpty()) {
        redacted = redacted.replace(secret, HIDDEN);
      }
    }
    return redacted;
  }

  /** What stands before the {@code @} of the authority, as written; empty if there is none. */
  public static String userInfo(String url) {
    int start = url.indexOf("://");
    if (start < 0) {
      return "";
    }
    start += 3;
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    int at = url.lastIndexOf('@', end - 1);
    return at < start ? "" : url.substring(start, at);
  }
}
