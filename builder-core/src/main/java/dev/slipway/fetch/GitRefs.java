package dev.slipway.fetch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the commit that a ref means in what a server lists. */
final class GitRefs {
  private static final String FORBIDDEN = " ~^:?*[\\";
  private static final String HEAD = "HEAD";
  private static final String SYMBOLIC = "ref: ";

  private GitRefs() {}

  /**
   * @param commit full name
   * @param object what the ref itself names: the commit, or an annotated tag on it
   * @param ref full name of the ref, null where the commit was asked for by name
   */
  record Resolved(String commit, String object, @Nullable String ref) {
    /** A commit asked for by its full name. */
    static Resolved commit(String commit) {
      return new Resolved(commit, commit, null);
    }

    /** With the commit under an annotated tag, which is listed after the tag. */
    Resolved on(String peeled) {
      return new Resolved(peeled, object, ref);
    }
  }

  static boolean isCommit(String ref) {
    return (ref.length() == 40 || ref.length() == 64) && isHexadecimal(ref);
  }

  static boolean isHexadecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Whether git could take it for a ref and for nothing else. */
  static boolean isValid(String ref) {
    for (int i = 0; i < ref.length(); i++) {
      char c = ref.charAt(i);
      if (c < ' ' || c == 0x7F || FORBIDDEN.indexOf(c) >= 0) {
        return false;
      }
    }
    return !ref.startsWith("-") && !ref.contains("..") && !ref.contains("@{");
  }

  /** What to ask a server for, so that a tag is also told with the commit it is on. */
  static List<String> queries(String ref) {
    return ref.isEmpty() ? List.of(HEAD) : List.of(ref, ref + "^{}");
  }

  /**
   * Takes of refs that end alike the full name, else the branch, else the tag, as git does. The
   * default branch is found by its name, where the server tells it.
   *
   * @param listing what {@code git ls-remote --symref} prints
   */
  static @Nullable Resolved find(byte[] listing, String ref) {
    String exact = ref.isEmpty() ? HEAD : "refs/" + removePrefix(ref, "refs/");
    String branch = "refs/heads/" + removePrefix(ref, "refs/heads/");
    String tag = "refs/tags/" + removePrefix(ref, "refs/tags/");
    Resolved[] found = new Resolved[3];
    String defaultBranch = HEAD;
    for (String line : new String(listing, StandardCharsets.UTF_8).split("\n")) {
      int tab = line.indexOf('\t');
      if (line.startsWith(SYMBOLIC + "refs/heads/") && line.endsWith("\t" + HEAD)) {
        defaultBranch = line.substring(SYMBOLIC.length(), tab);
      }
      if (tab < 0 || !isCommit(line.substring(0, tab))) {
        continue;
      }
      String commit = line.substring(0, tab);
      String name = line.substring(tab + 1);
      boolean peeled = name.endsWith("^{}");
      String fullName = peeled ? name.substring(0, name.length() - 3) : name;
      int place = List.of(exact, branch, tag).indexOf(fullName);
      if (place >= 0) {
        Resolved listed = found[place];
        found[place] =
            peeled && listed != null
                ? listed.on(commit)
                : new Resolved(commit, commit, fullName.equals(HEAD) ? defaultBranch : fullName);
      }
    }
    return found[0] != null ? found[0] : found[1] != null ? found[1] : found[2];
  }

  private static String removePrefix(String text, String prefix) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }
}
