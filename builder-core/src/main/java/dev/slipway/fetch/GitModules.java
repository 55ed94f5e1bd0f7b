package dev.slipway.fetch;

import dev.slipway.diagnostic.RedactedUrl;
import dev.slipway.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The {@code .gitmodules} of a commit. */
final class GitModules {
  private GitModules() {}

  static boolean areIn(GitRepository repository) throws GitProgram.Failure {
    return repository
            .git()
            .run(repository.directory(), "ls-tree", repository.commit(), "--", ".gitmodules")
            .length
        > 0;
  }

  /**
   * The URLs of submodules by their paths.
   *
   * @throws FetchException for a URL that git would take for something else
   */
  static Map<TreePath, String> urls(GitRepository repository) throws GitProgram.Failure {
    Map<String, String> paths = new HashMap<>();
    Map<String, String> urls = new HashMap<>();
    String blob = repository.commit() + ":.gitmodules";
    byte[] out =
        repository.git().run(repository.directory(), "config", "--blob", blob, "--null", "--list");
    for (String setting : new String(out, StandardCharsets.UTF_8).split("\0")) {
      int end = setting.indexOf('\n');
      String key = end < 0 ? setting : setting.substring(0, end);
      String value = end < 0 ? "" : setting.substring(end + 1);
      if (key.startsWith("submodule.") && key.endsWith(".path")) {
        paths.put(key.substring(0, key.length() - ".path".length()), value);
      } else if (key.startsWith("submodule.") && key.endsWith(".url")) {
        urls.put(key.substring(0, key.length() - ".url".length()), value);
      }
    }
    Map<TreePath, String> byPath = new HashMap<>();
    for (Map.Entry<String, String> path : paths.entrySet()) {
      String url = urls.get(path.getKey());
      if (url != null) {
        byPath.put(TreePath.of(path.getValue()), absolute(repository.remote(), url));
      }
    }
    return byPath;
  }

  /** A URL that starts with {@code ./} or {@code ../} is seen from the repository that names it. */
  static String absolute(String parent, String url) {
    if (url.startsWith("-") || url.contains("::") || url.indexOf('\n') >= 0) {
      throw new FetchException("submodule url \"" + RedactedUrl.of(url) + "\" is not allowed");
    }
    if (!url.startsWith("./") && !url.startsWith("../")) {
      return url;
    }
    String base = parent.endsWith("/") ? parent.substring(0, parent.length() - 1) : parent;
    String rest = url;
    while (true) {
      if (rest.startsWith("./")) {
        rest = rest.substring(2);
      } else if (rest.startsWith("../")) {
        rest = rest.substring(3);
        int slash = Math.max(base.lastIndexOf('/'), base.lastIndexOf(':'));
        if (slash < 0 || base.regionMatches(slash - 2, "://", 0, 3) || base.endsWith("/")) {
          throw new FetchException(
              "submodule url \"" + url + "\" leads out of \"" + RedactedUrl.of(parent) + "\"");
        }
        boolean colon = base.charAt(slash) == ':';
        base = base.substring(0, slash);
        if (colon) {
          return base + ":" + rest;
        }
      } else {
        return base + "/" + rest;
      }
    }
  }
}
