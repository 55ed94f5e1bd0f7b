package dev.slipway.execute;

import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreeException;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.copy.Ownership;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The users and groups that an image's {@code /etc/passwd} and {@code /etc/group} tell. */
final class Accounts {
  /** More than that is no list of users, but something that keeps a build busy. */
  private static final int MAX_SIZE = 10 << 20;

  private static final String ROOT = "root";

  private static final long MAX_ID = Integer.MAX_VALUE;

  private final List<String[]> users;
  private final List<String[]> groups;

  private Accounts(List<String[]> users, List<String[]> groups) {
    this.users = users;
    this.groups = groups;
  }

  static Accounts of(FileTree tree) {
    return new Accounts(read(tree, "etc/passwd"), read(tree, "etc/group"));
  }

  private static List<String[]> read(FileTree tree, String path) {
    List<String[]> lines = new ArrayList<>();
    if (!(tree.resolve(TreePath.of(path), FollowLast.YES).found() instanceof RegularFile file)) {
      return lines;
    }
    if (file.size() > MAX_SIZE) {
      throw new TreeException(
          "\"/" + path + "\" has " + file.size() + " bytes, at most " + MAX_SIZE + " are read");
    }
    try (InputStream in = file.content().open()) {
      String text = new String(in.readNBytes(MAX_SIZE), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        String trimmed = line.strip();
        if (!trimmed.isEmpty() && trimmed.charAt(0) != '#') {
          lines.add(trimmed.split(":", -1));
        }
      }
    } catch (IOException e) {
      throw new ExecutionException(
          "cannot read \"/" + path + "\": " + FileRefusal.reason(e), null, null, e);
    }
    return lines;
  }

  /** Who a command runs as. */
  record Identity(int uid, int gid, List<Integer> groups, String home) {}

  /**
   * Whom {@code USER} means: a user alone brings the groups that list it, a group given takes their
   * place. Where a group is given, {@code root} needs no entry.
   *
   * @throws TreeException if a name is unknown or a number out of range
   */
  Identity identity(String user) {
    String spec = user.isEmpty() ? "0" : user;
    int colon = spec.indexOf(':');
    String name = colon < 0 ? spec : spec.substring(0, colon);
    String group = colon < 0 ? "" : spec.substring(colon + 1);
    if (name.isEmpty()) {
      name = "0";
    }
    refuseLargeNumber(name, "user");
    refuseLargeNumber(group, "group");
    String[] entry = user(name);
    boolean isRoot = name.equals(ROOT) && !group.isEmpty();
    int uid = entry != null ? id(entry, 2) : isRoot ? 0 : number(name, "user");
    int gid = entry == null ? 0 : id(entry, 3);
    List<Integer> supplementary = new ArrayList<>();
    if (!group.isEmpty()) {
      String[] found = group(group);
      gid = found != null ? id(found, 2) : group.equals(ROOT) ? 0 : number(group, "group");
    } else if (entry != null) {
      for (String[] candidate : groups) {
        if (candidate.length > 3 && List.of(candidate[3].split(",")).contains(entry[0])) {
          supplementary.add(id(candidate, 2));
        }
      }
    }
    // A process's own group is among its groups, or a file that shuts that group out would open.
    supplementary.remove((Integer) gid);
    supplementary.add(0, gid);
    return new Identity(uid, gid, supplementary, home(uid));
  }

  private String home(int uid) {
    for (String[] entry : users) {
      if (entry.length > 5 && entry[2].equals(Integer.toString(uid))) {
        return entry[5].isEmpty() ? "/" : entry[5];
      }
    }
    return "/";
  }

  /**
   * Whom {@code --chown} means: a number alone is user and group, a name brings its own group, an
   * empty group is root's. {@code root} needs no entry.
   *
   * @throws TreeException if a name is unknown or a number out of range
   */
  Ownership owner(String chown) {
    int colon = chown.indexOf(':');
    Ownership user = ownerOf(colon < 0 ? chown : chown.substring(0, colon));
    return colon < 0 ? user : new Ownership(user.uid(), gid(chown.substring(colon + 1)));
  }

  /** As {@link #owner}, but an unknown user is root and an unknown group no group, for WORKDIR. */
  Ownership ownerOrRoot(String user) {
    int colon = user.indexOf(':');
    Ownership owner = Ownership.ROOT;
    try {
      owner = ownerOf(colon < 0 ? user : user.substring(0, colon));
    } catch (TreeException e) {
      // root then
    }
    try {
      return colon < 0 ? owner : new Ownership(owner.uid(), gid(user.substring(colon + 1)));
    } catch (TreeException e) {
      return owner;
    }
  }

  private Ownership ownerOf(String name) {
    if (name.isEmpty() || name.equals(ROOT)) {
      return Ownership.ROOT;
    }
    if (isSignedNumber(name)) {
      int id = number(name, "user");
      return new Ownership(id, id);
    }
    String[] entry = user(name);
    if (entry == null) {
      throw unknown("user", name, "passwd");
    }
    return new Ownership(id(entry, 2), id(entry, 3));
  }

  private int gid(String name) {
    if (name.isEmpty() || name.equals(ROOT)) {
      return 0;
    }
    if (isSignedNumber(name)) {
      return number(name, "group");
    }
    String[] entry = group(name);
    if (entry == null) {
      throw unknown("group", name, "group");
    }
    return id(entry, 2);
  }

  private String @Nullable [] user(String name) {
    for (String[] entry : users) {
      if (entry.length > 3 && isCalled(name, entry)) {
        return entry;
      }
    }
    return null;
  }

  private String @Nullable [] group(String name) {
    for (String[] entry : groups) {
      if (entry.length > 2 && isCalled(name, entry)) {
        return entry;
      }
    }
    return null;
  }

  /** A number is never taken for a name: an entry of that name could be anybody's. */
  private static boolean isCalled(String name, String[] entry) {
    if (!isSignedNumber(name)) {
      return entry[0].equals(name);
    }
    return isNumber(entry[2])
        && new BigInteger(entry[2]).equals(new BigInteger(name.replace("+", "")));
  }

  private static int id(String[] entry, int field) {
    return isNumber(entry[field]) ? number(entry[field], "id") : 0;
  }

  /** A number beyond all ids is nobody's name: an entry of that name could make it root. */
  private static void refuseLargeNumber(String text, String what) {
    if (isSignedNumber(text)) {
      number(text, what);
    }
  }

  private static boolean isNumber(String text) {
    boolean digits = !text.isEmpty();
    for (int i = 0; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return digits;
  }

  /** A plus before a number changes nothing. */
  private static boolean isSignedNumber(String text) {
    return isNumber(text.startsWith("+") ? text.substring(1) : text);
  }

  private static int number(String text, String what) {
    if (!isSignedNumber(text)) {
      throw unknown(what, text, what.equals("user") ? "passwd" : "group");
    }
    String digits = text.startsWith("+") ? text.substring(1) : text;
    if (digits.length() > 10 || Long.parseLong(digits) > MAX_ID) {
      throw new TreeException(what + " id '" + text + "' out of range, expected 0 to " + MAX_ID);
    }
    return Integer.parseInt(digits);
  }

  private static TreeException unknown(String what, String name, String file) {
    return new TreeException(
        "unable to find " + what + " " + name + ": no matching entries in " + file + " file");
  }
}
