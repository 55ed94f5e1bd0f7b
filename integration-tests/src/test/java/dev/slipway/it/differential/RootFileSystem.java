package dev.slipway.it.differential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Layers laid one over the other, as the OCI image specification says, in memory. */
final class RootFileSystem {
  /** Older ones are of the context, whose times are known; what a build makes has the build's. */
  private static final long OLD = 1_262_304_000;

  private static final int LONGEST_SHOWN = 60;

  /** As the kernel makes them up: what a step wrote that is to be told from itself run again. */
  private static final String UUID = "\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\n";

  /** What several paths may share. */
  private static final class Inode {
    String kind;
    String metadata;
  }

  private final SortedMap<String, Inode> inodes = new TreeMap<>();

  /** Applies one uncompressed layer. */
  void apply(InputStream layer) throws IOException {
    SortedMap<String, Inode> own = new TreeMap<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(layer, "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String path = clean(entry.getName());
        String name = path.substring(path.lastIndexOf('/') + 1);
        String directory = path.substring(0, path.length() - name.length());
        if (name.equals(".wh..wh..opq")) {
          remove(directory);
        } else if (name.startsWith(".wh.")) {
          inodes.remove(directory + name.substring(4));
          remove(directory + name.substring(4) + "/");
        } else if (entry.getLinkFlag() == TarConstants.LF_LINK) {
          String target = clean(entry.getLinkName());
          own.put(path, own.containsKey(target) ? own.get(target) : inodes.get(target));
        } else {
          own.put(path, inode(entry, tar));
        }
      }
    }
    own.forEach(
        (path, inode) -> {
          if (!inode.kind.equals("dir")) {
            remove(path + "/");
          }
        });
    inodes.putAll(own);
  }

  private void remove(String prefix) {
    inodes.subMap(prefix, prefix.substring(0, prefix.length() - 1) + '0').clear();
  }

  private static String clean(String name) {
    String path = ("/" + name).replaceAll("/(\\./)+", "/").replaceAll("/+", "/");
    return path.length() > 1 ? path.replaceFirst("/\\.?$", "") : path;
  }

  private static Inode inode(TarArchiveEntry entry, InputStream content) throws IOException {
    Inode inode = new Inode();
    StringBuilder text = new StringBuilder();
    text.append(String.format("%04o", entry.getMode() & 07777));
    text.append(' ').append(entry.getLongUserId()).append(':').append(entry.getLongGroupId());
    long seconds = entry.getLastModifiedTime().toInstant().getEpochSecond();
    if (seconds > 0 && seconds < OLD && !entry.isDirectory()) {
      text.append(" @").append(seconds);
    }
    switch (entry.getLinkFlag()) {
      case TarConstants.LF_DIR -> inode.kind = "dir";
      case TarConstants.LF_SYMLINK -> {
        inode.kind = "symlink";
        text.append(" -> ").append(entry.getLinkName());
      }
      case TarConstants.LF_FIFO -> inode.kind = "fifo";
      case TarConstants.LF_CHR, TarConstants.LF_BLK -> {
        inode.kind = entry.getLinkFlag() == TarConstants.LF_CHR ? "char" : "block";
        text.append(' ').append(entry.getDevMajor()).append(',').append(entry.getDevMinor());
      }
      default -> {
        inode.kind = "file";
        text.append(' ').append(content(content.readAllBytes()));
      }
    }
    new TreeMap<>(entry.getExtraPaxHeaders())
        .forEach(
            (key, value) -> {
              if (key.startsWith("SCHILY.xattr.")) {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                text.append(' ').append(key.substring(13)).append('=').append(content(bytes));
              }
            });
    inode.metadata = text.toString();
    return inode;
  }

  private static String content(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean plain = bytes.length <= LONGEST_SHOWN && text.chars().allMatch(RootFileSystem::isPlain);
    if (text.matches(UUID)) {
      return "(a UUID)";
    }
    if (plain) {
      return '"' + text.replace("\n", "\\n").replace("\t", "\\t") + '"';
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return bytes.length + " bytes " + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isPlain(int c) {
    return c == '\n' || c == '\t' || c >= ' ' && c != 0x7f && c != 0xfffd;
  }

  /** What is at each path, hard links named after the first of their paths. */
  SortedMap<String, String> describe() {
    SortedMap<String, String> lines = new TreeMap<>();
    Map<Inode, String> first = new IdentityHashMap<>();
    inodes.forEach(
        (path, inode) -> {
          String known = first.putIfAbsent(inode, path);
          String text = inode.kind + ' ' + inode.metadata;
          lines.put(path, known == null ? text : text + " = " + known);
        });
    lines.remove("/");
    return lines;
  }
}
