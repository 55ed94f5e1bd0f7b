package dev.slipway.resolve;

/** Tells sources that are fetched from those that are files, by BuildKit's rules. */
final class RemoteSources {
  private RemoteSources() {}

  static boolean isHttp(String source) {
    return (source.startsWith("http://") || source.startsWith("https://")) && !isGit(source);
  }

  /**
   * Whether it is a git repository: by its scheme, in scp's form ({@code git@host:path}), or an
   * http(s) URL whose path ends in {@code .git}.
   */
  static boolean isGit(String source) {
    if (source.startsWith("git://") || source.startsWith("ssh://")) {
      return true;
    }
    if (source.startsWith("http://") || source.startsWith("https://")) {
      return path(source).endsWith(".git");
    }
    return isScp(source);
  }

  private static String path(String url) {
    int end = url.length();
    for (char c : new char[] {'#', '?'}) {
      int at = url.indexOf(c);
      if (at >= 0 && at < end) {
        end = at;
      }
    }
    return url.substring(0, end);
  }

  private static boolean isScp(String source) {
    int at = source.indexOf('@');
    int colon = source.indexOf(':');
    if (at <= 0 || colon < at + 2 || source.contains("://")) {
      return false;
    }
    for (int i = 0; i < colon; i++) {
      char c = source.charAt(i);
      if (i != at && !Character.isLetterOrDigit(c) && c != '-' && c != '_' && c != '.') {
        return false;
      }
    }
    return true;
  }
}
