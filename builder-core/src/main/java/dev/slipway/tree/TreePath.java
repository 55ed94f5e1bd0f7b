package dev.slipway.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of an entry below the root of a tree: bytes, as the kernel sees names. It has no empty,
 * {@code .} or {@code ..} component and no leading or trailing slash. The order is that of
 * components compared as unsigned bytes, so a directory comes before its contents and these are
 * contiguous.
 */
public final class TreePath implements Comparable<TreePath> {
  /** The root itself: no component. */
  public static final TreePath ROOT = new TreePath(new byte[0]);

  private static final byte SLASH = '/';

  private final byte[] bytes;

  private TreePath(byte[] bytes) {
    this.bytes = bytes;
  }

  /** {@link #ofBytes} of the UTF-8 form of {@code path}. */
  public static TreePath of(String path) {
    return ofBytes(path.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The path with empty and {@code .} components dropped and {@code ..} taken away together with
   * the component before it; above the root {@code ..} means the root.
   */
  public static TreePath ofBytes(byte[] path) {
    byte[] clean = new byte[path.length];
    int length = 0;
    int at = 0;
    while (at < path.length) {
      int end = endOfComponent(path, at);
      int size = end - at;
      if (size == 2 && path[at] == '.' && path[at + 1] == '.') {
        length = lengthOfParent(clean, length);
      } else if (size > 0 && !(size == 1 && path[at] == '.')) {
        if (length > 0) {
          clean[length++] = SLASH;
        }
        System.arraycopy(path, at, clean, length, size);
        length += size;
      }
      at = end + 1;
    }
    return length == 0 ? ROOT : new TreePath(Arrays.copyOf(clean, length));
  }

  /**
   * The path of bytes that are said to be as {@link #toBytes} gives them, and are not copied.
   *
   * @param known how many of the first bytes are those of another path
   * @return null if they are not so, or have a NUL
   */
  public static @Nullable TreePath ofClean(byte[] path, int known) {
    if (path.length == 0) {
      return ROOT;
    }
    int start = known;
    while (start > 0 && path[start - 1] != SLASH) {
      start--;
    }
    while (start <= path.length) {
      int end = endOfName(path, start);
      if (end < 0) {
        return null;
      }
      start = end + 1;
    }
    return new TreePath(path);
  }

  /** Where a component ends that is a name, or -1 if it is none. */
  private static int endOfName(byte[] path, int start) {
    int end = start;
    boolean onlyDots = true;
    while (end < path.length && path[end] != SLASH) {
      if (path[end] == 0) {
        return -1;
      }
      onlyDots &= path[end] == '.';
      end++;
    }
    return end == start || onlyDots && end - start <= 2 ? -1 : end;
  }

  private static int endOfComponent(byte[] path, int start) {
    int end = start;
    while (end < path.length && path[end] != SLASH) {
      end++;
    }
    return end;
  }

  private static int lengthOfParent(byte[] path, int length) {
    for (int i = length - 1; i > 0; i--) {
      if (path[i] == SLASH) {
        return i;
      }
    }
    return 0;
  }

  /**
   * The entry called {@code name} in the directory at this path.
   *
   * @throws IllegalArgumentException if the name is empty, {@code .}, {@code ..} or has a slash
   */
  public TreePath child(byte[] name) {
    checkName(name);
    return childOfTree(name);
  }

  static void checkName(byte[] name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "not a file name: \"" + new String(name, StandardCharsets.UTF_8) + "\"");
    }
  }

  /** As {@link #child(byte[])} of what is known to be a name. */
  TreePath childOfTree(byte[] name) {
    int start = bytes.length == 0 ? 0 : bytes.length + 1;
    byte[] joined = Arrays.copyOf(bytes, start + name.length);
    if (start > 0) {
      joined[bytes.length] = SLASH;
    }
    System.arraycopy(name, 0, joined, start, name.length);
    return new TreePath(joined);
  }

  public TreePath child(String name) {
    return child(name.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether {@code name} can name an entry of a directory. */
  public static boolean isName(byte[] name) {
    if (name.length == 0
        || name[0] == '.' && (name.length == 1 || name.length == 2 && name[1] == '.')) {
      return false;
    }
    for (byte b : name) {
      if (b == SLASH || b == 0) {
        return false;
      }
    }
    return true;
  }

  /** {@code relative} seen from this path. */
  public TreePath resolve(TreePath relative) {
    if (relative.isRoot()) {
      return this;
    }
    if (isRoot()) {
      return relative;
    }
    byte[] joined = Arrays.copyOf(bytes, bytes.length + 1 + relative.bytes.length);
    joined[bytes.length] = SLASH;
    System.arraycopy(relative.bytes, 0, joined, bytes.length + 1, relative.bytes.length);
    return new TreePath(joined);
  }

  public boolean isRoot() {
    return bytes.length == 0;
  }

  /** The directory that holds this entry; the root is its own parent. */
  public TreePath parent() {
    int length = lengthOfParent(bytes, bytes.length);
    return length == 0 ? ROOT : new TreePath(Arrays.copyOf(bytes, length));
  }

  /** The last component; empty for the root. */
  public byte[] name() {
    int parent = lengthOfParent(bytes, bytes.length);
    return Arrays.copyOfRange(bytes, parent == 0 ? 0 : parent + 1, bytes.length);
  }

  /** The last component for people: bytes that are not UTF-8 are replaced. */
  public String nameText() {
    return new String(name(), StandardCharsets.UTF_8);
  }

  /** The components from the root down. */
  public List<byte[]> components() {
    List<byte[]> components = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int end = endOfComponent(bytes, at);
      components.add(Arrays.copyOfRange(bytes, at, end));
      at = end + 1;
    }
    return components;
  }

  /** The number of components. */
  public int depth() {
    int depth = bytes.length == 0 ? 0 : 1;
    for (byte b : bytes) {
      if (b == SLASH) {
        depth++;
      }
    }
    return depth;
  }

  /** Whether this is {@code ancestor} or below it. */
  public boolean startsWith(TreePath ancestor) {
    byte[] prefix = ancestor.bytes;
    return prefix.length == 0
        || Arrays.equals(bytes, 0, Math.min(prefix.length, bytes.length), prefix, 0, prefix.length)
            && (bytes.length == prefix.length || bytes[prefix.length] == SLASH);
  }

  /** Whether {@code directory} is the parent; quicker than {@link #parent}. */
  boolean isChildOf(TreePath directory) {
    if (isRoot() || !startsWith(directory)) {
      return false;
    }
    int nameStart = directory.isRoot() ? 0 : directory.bytes.length + 1;
    return nameStart < bytes.length && endOfComponent(bytes, nameStart) == bytes.length;
  }

  /** The components joined by slashes, with none before the first; a copy. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** The length of {@link #toBytes}. */
  public int length() {
    return bytes.length;
  }

  @Override
  public int compareTo(TreePath other) {
    int mismatch = Arrays.mismatch(bytes, other.bytes);
    if (mismatch < 0) {
      return 0;
    }
    if (mismatch == bytes.length || mismatch == other.bytes.length) {
      return bytes.length - other.bytes.length;
    }
    byte mine = bytes[mismatch];
    byte theirs = other.bytes[mismatch];
    if (mine == SLASH) {
      return -1;
    }
    return theirs == SLASH ? 1 : Byte.compareUnsigned(mine, theirs);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof TreePath path && Arrays.equals(bytes, path.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** {@code /a/b}, for people: bytes that are not UTF-8 are replaced. */
  @Override
  public String toString() {
    return "/" + new String(bytes, StandardCharsets.UTF_8);
  }
}
