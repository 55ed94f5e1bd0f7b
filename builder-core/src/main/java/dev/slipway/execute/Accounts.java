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

/** The users and groups that an image's {@code /etc/passwd} and {@code /etc/group} tell. */
final class Accounts {
  /** More than that is no list of users, but something that keeps a build busy. */
  private static final int MAX_SIZE = 10 << 20;

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
   * place.
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
    String[] entry = user(name);
    int uid = entry == null ? number(name, "user") : id(entry, 2);
    int gid = entry == null ? 0 : id(entry, 3);
    List<Integer> supplementary = new ArrayList<>();
    if (!group.isEmpty()) {
      String[] found = group(group);
      gid = found == null ? number(group, "group") : id(found, 2);
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
   * Whom {@code --chown} means: a number alone is user and group, a name brings its own group.
   *
   * @throws TreeException if a name is unknown or a number out of range
   */
  Ownership owner(String chown) {
    int colon = chown.indexOf(':');
    String name = colon < 0 ? chown : chown.substring(0, colon);
    String group = colon < 0 ? "" : chown.substring(colon + 1);
    int uid = 0;
    int gid = 0;
    if (isNumber(name)) {
      uid = number(name, "user");
      gid = uid;
    } else if (!name.isEmpty()) {
      String[] entry = user(name);
      if (entry == null) {
        throw unknown("user", name, "passwd");
      }
      uid = id(entry, 2);
      gid = id(entry, 3);
    }
    if (isNumber(group)) {
      gid = number(group, "group");
    } else if (!group.isEmpty()) {
      String[] entry = group(group);
      if (entry == null) {
        throw unknown("group", group, "group");
      }
      gid = id(entry, 2);
    }
    return new Ownership(uid, gid);
  }

  /** As {@link #owner}, but whoever is unknown is root, as WORKDIR has it. */
  Ownership ownerOrRoot(String user) {
    try {
      return user.isEmpty() ? Ownership.ROOT : owner(user);
    } catch (TreeException e) {
      return Ownership.ROOT;
    }
  }

  private String @Nullable [] user(String name) {
    for (String[] entry : users) {
      if (entry.length > 3 && (entry[0].equals(name) || isNumber(name) && entry[2].equals(name))) {
        return entry;
      }
    }
    return null;
  }

  private String @Nullable [] group(String name) {
    for (String[] entry : groups) {
      if (entry.length > 2 && (entry[0].equals(name) || isNumber(name) && entry[2].equals(name))) {
        return entry;
      }
    }
    return null;
  }

  private static int id(String[] entry, int field) {
    return isNumber(entry[field]) ? number(entry[field], "id") : 0;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static int number(String text, String what) {
    if (!isNumber(text)) {
      throw unknown(what, text, what.equals("user") ? "passwd" : "group");
    }
    if (text.length() > 10 || Long.parseLong(text) > MAX_ID) {
      throw new TreeException(what + " id '" + text + "' out of range, expected 0 to " + MAX_ID);
    }
    return Integer.parseInt(text);
  }

  private static TreeException unknown(String what, String name, String file) {
    return new TreeException(
        "unable to find " + what + " " + name + ": no matching entries in " + file + " file");
  }
}
