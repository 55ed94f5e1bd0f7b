package dev.slipway.fetch;

import dev.slipway.diagnostic.GoBoolean;
import dev.slipway.http.PercentEncoding;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what fragment and query of a git URL say, which may not contradict each other. */
final class GitUrlOptions {
  private static final String KEYS =
      "ref, tag, branch, subdir, checksum, commit, keep-git-dir, submodules";

  private final String url;
  private String ref = "";
  private String subdirectory = "";
  private @Nullable String checksum;
  private @Nullable Boolean keepGitDirectory;
  private @Nullable Boolean submodules;

  /**
   * @param url redacted
   * @param fragment {@code ref:directory}, either part may be missing
   */
  GitUrlOptions(String url, String fragment) {
    this.url = url;
    int colon = fragment.indexOf(':');
    this.ref = colon < 0 ? fragment : fragment.substring(0, colon);
    this.subdirectory = colon < 0 ? "" : fragment.substring(colon + 1);
  }

  void read(String query) {
    Set<String> seen = new HashSet<>();
    for (String pair : query.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String key = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!seen.add(key)) {
        throw malformed("query \"" + key + "\" has several values");
      }
      put(key, value);
    }
  }

  private void put(String key, String value) {
    switch (key) {
      case "keep-git-dir" -> keepGitDirectory = isTrue(key, value);
      case "submodules" -> submodules = isTrue(key, value);
      case "ref" -> ref = agree("ref", ref, required(key, value));
      case "tag" -> ref = agree("ref", ref, full("refs/tags/", required(key, value)));
      case "branch" -> ref = agree("ref", ref, full("refs/heads/", required(key, value)));
      case "subdir" -> subdirectory = agree("subdir", subdirectory, required(key, value));
      case "checksum", "commit" -> checksum = required(key, value);
      default -> throw malformed("unexpected query \"" + key + "\", expected one of " + KEYS);
    }
  }

  private static String decode(String text) {
    return PercentEncoding.decode(text.replace('+', ' '));
  }

  private String required(String key, String value) {
    if (value.isEmpty()) {
      throw malformed("query \"" + key + "\" has no value");
    }
    return value;
  }

  private String agree(String what, String before, String now) {
    if (!before.isEmpty() && !before.equals(now)) {
      throw malformed(what + " is both \"" + before + "\" and \"" + now + "\"");
    }
    return now;
  }

  private static String full(String prefix, String name) {
    return name.startsWith(prefix) ? name : prefix + name;
  }

  private boolean isTrue(String key, String value) {
    return value.isEmpty()
        || GoBoolean.parse(value)
            .orElseThrow(
                () ->
                    malformed(
                        "query \"" + key + "\" is \"" + value + "\", expected true or false"));
  }

  private FetchException malformed(String what) {
    return new FetchException("git url \"" + url + "\": " + what);
  }

  GitSource source(String remote) {
    String commit = checksum;
    // A repository is asked for full names only; what starts so is looked for at its default
    // branch.
    String wanted = ref.isEmpty() && commit != null && GitRefs.isCommit(commit) ? commit : ref;
    return new GitSource(remote, wanted, subdirectory, commit, keepGitDirectory, submodules);
  }
}
