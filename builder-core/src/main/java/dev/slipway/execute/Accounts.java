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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The users and groups that an image's {@code /etc/passwd} and {@code /etc/group} tell, read as
 * runtimes read them, so that a name is the same account to a build and to a container: a line may
 * lack fields, an id that is missing or no number is 0, and only groups have comments.
 */
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
    List<String[]> groups = read(tree, "etc/group");
    groups.removeIf(entry -> entry[0].startsWith("#"));
    return new Accounts(read(tree, "etc/passwd"), groups);
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
        if (!trimmed.isEmpty()) {
          lines.add(trimmed.split(":", -1));
        }
      }
    } catch (IOException e) {
      throw new ExecutionException(
          "cannot read \"/" + path + "\": " + FileRefusal.reason(e), null, null, e);
    }
    return lines;
  }

  /**
   * Who a command runs as.
   *
   * @param home empty where the accounts say so, {@code /} where they do not know the user
   */
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
    String[] entry = find(users, name);
    boolean isRoot = name.equals(ROOT) && !group.isEmpty();
    int uid = entry != null ? id(entry, 2, "user") : isRoot ? 0 : number(name, "user");
    int gid = entry == null ? 0 : id(entry, 3, "group");
    List<Integer> supplementary = new ArrayList<>();
    if (!group.isEmpty()) {
      String[] found = find(groups, group);
      gid = found != null ? id(found, 2, "group") : group.equals(ROOT) ? 0 : number(group, "group");
    } else if (entry != null) {
      for (String[] candidate : groups) {
        if (candidate.length > 3 && List.of(candidate[3].split(",")).contains(entry[0])) {
          supplementary.add(id(candidate, 2, "group"));
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
      if (isCalled(Integer.toString(uid), entry)) {
        return field(entry, 5);
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
    if (isNumber(name)) {
      int id = number(name, "user");
      return new Ownership(id, id);
    }
    String[] entry = find(users, name);
    if (entry == null) {
      throw unknown("user", name, "passwd");
    }
    return new Ownership(id(entry, 2, "user"), id(entry, 3, "group"));
  }

  private int gid(String name) {
    if (name.isEmpty() || name.equals(ROOT)) {
      return 0;
    }
    if (isNumber(name)) {
      return number(name, "group");
    }
    String[] entry = find(groups, name);
    if (entry == null) {
      throw unknown("group", name, "group");
    }
    return id(entry, 2, "group");
  }

  /** The first, however many are called so. */
  private static String @Nullable [] find(List<String[]> entries, String name) {
    for (String[] entry : entries) {
      if (isCalled(name, entry)) {
        return entry;
      }
    }
    return null;
  }

  /** A number is never taken for a name: an entry of that name could be anybody's. */
  private static boolean isCalled(String name, String[] entry) {
    if (!isNumber(name)) {
      return entry[0].equals(name);
    }
    return value(field(entry, 2)) == value(name);
  }

  private static int id(String[] entry, int index, String what) {
    String id = field(entry, index);
    return isNumber(id) ? number(id, what) : 0;
  }

  private static String field(String[] entry, int index) {
    return index < entry.length ? entry[index] : "";
  }

  /** A number beyond all ids is nobody's name: an entry of that name could make it root. */
  private static void refuseLargeNumber(String text, String what) {
    if (isNumber(text)) {
      number(text, what);
    }
  }

  /** Digits, before which a sign may stand. */
  private static boolean isNumber(String text) {
    int start = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
    boolean digits = text.length() > start;
    for (int i = start; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return digits;
  }

  /** The number that a text is, 0 where it is none; beyond all ids it is just that. */
  private static long value(String text) {
    if (!isNumber(text)) {
      return 0;
    }
    long value = 0;
    for (int i = Character.isDigit(text.charAt(0)) ? 0 : 1; i < text.length(); i++) {
      value = Math.min(value * 10 + text.charAt(i) - '0', MAX_ID + 1);
    }
    return text.charAt(0) == '-' ? -value : value;
  }

  private static int number(String text, String what) {
    if (!isNumber(text)) {
      throw unknown(what, text, what.equals("user") ? "passwd" : "group");
    }
    long value = value(text);
    if (value < 0 || value > MAX_ID) {
      throw new TreeException(what + " id '" + text + "' out of range, expected 0 to " + MAX_ID);
    }
    return (int) value;
  }

  private static TreeException unknown(String what, String name, String file) {
    return new TreeException(
        "unable to find " + what + " " + name + ": no matching entries in " + file + " file");
  }
}
