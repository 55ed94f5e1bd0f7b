package dev.slipway.inspect.start;

import dev.slipway.tree.RegularFile;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a process's identity of USER, as container runtimes do: passwd(5), group(5). */
final class UserLookup {
  private static final int MAX_FILE = 1 << 20;

  private final String passwd;
  private final String group;

  UserLookup(ImageFiles files) {
    this.passwd = text(files, "/etc/passwd");
    this.group = text(files, "/etc/group");
  }

  private static String text(ImageFiles files, String path) {
    return files
        .file(path)
        .map(found -> new String(start(found.file()), StandardCharsets.UTF_8))
        .orElse("");
  }

  private static byte[] start(RegularFile file) {
    return ImageFiles.start(file, MAX_FILE);
  }

  /** Who {@code user} is, or why nobody knows. */
  record Answer(@Nullable Identity identity, @Nullable String problem) {}

  /**
   * @param user {@code name|uid[:name|gid]}, or empty for root; Docker passes over what is behind
   */
  Answer identity(String user) {
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    String groupName = colon < 0 ? "" : user.substring(colon + 1).replaceFirst(":.*", "");
    Integer uid = name.isEmpty() ? Integer.valueOf(0) : number(name);
    // To runtimes a number is one even where a user is called so.
    Optional<String[]> line =
        uid == null ? find(passwd, 0, name) : find(passwd, 2, Integer.toString(uid));
    if (line.isPresent()) {
      uid = number(line.get()[2]);
    }
    if (uid == null) {
      return new Answer(
          null,
          name.chars().allMatch(Character::isDigit)
              ? "user \"" + name + "\" is beyond 2147483647"
              : "user \"" + name + "\" is not in /etc/passwd");
    }
    Set<Integer> gids = new HashSet<>();
    if (groupName.isEmpty()) {
      boolean named = line.isPresent() && line.get().length > 3;
      Integer own = named ? number(line.get()[3]) : Integer.valueOf(0);
      gids.add(own == null ? 0 : own);
      line.ifPresent(found -> addMemberships(found[0], gids));
      return new Answer(new Identity(uid, gids), null);
    }
    Integer gid = number(groupName);
    Optional<String[]> found = gid == null ? find(group, 0, groupName) : Optional.empty();
    if (found.isPresent()) {
      gid = number(found.get()[2]);
    }
    if (gid == null) {
      return new Answer(
          null,
          groupName.chars().allMatch(Character::isDigit)
              ? "group \"" + groupName + "\" is beyond 2147483647"
              : "group \"" + groupName + "\" is not in /etc/group");
    }
    return new Answer(new Identity(uid, Set.of(gid)), null);
  }

  private void addMemberships(String name, Set<Integer> gids) {
    for (String line : group.split("\n", -1)) {
      String[] fields = line.strip().split(":", -1);
      if (fields.length >= 4) {
        for (String member : fields[3].split(",", -1)) {
          Integer gid = number(fields[2]);
          if (member.strip().equals(name) && gid != null) {
            gids.add(gid);
          }
        }
      }
    }
  }

  private static Optional<String[]> find(String file, int field, String value) {
    for (String line : file.split("\n", -1)) {
      String[] fields = line.strip().split(":", -1);
      if (fields.length >= 3 && fields[field].equals(value) && number(fields[2]) != null) {
        return Optional.of(fields);
      }
    }
    return Optional.empty();
  }

  private static @Nullable Integer number(String text) {
    try {
      int number = Integer.parseInt(text);
      return number < 0 ? null : Integer.valueOf(number);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
