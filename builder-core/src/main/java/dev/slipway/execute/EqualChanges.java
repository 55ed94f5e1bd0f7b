package dev.slipway.execute;

import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Device;
import dev.slipway.tree.Entry;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a command that ran again made what it made before. Times do not count, as they count in
 * no cache key: a compiler that writes the same bytes a minute later has changed nothing. Contents
 * are compared last and only where all else is equal, so that a difference costs little to find.
 */
final class EqualChanges {
  private static final int BUFFER_SIZE = 64 << 10;

  /** The names of a hard-linked file are names of one file on the other side too. */
  private final Map<Entry, Entry> links = new IdentityHashMap<>();

  private final Map<Entry, Entry> linksBack = new IdentityHashMap<>();

  private EqualChanges() {}

  static boolean test(ChangeSet one, ChangeSet other) throws IOException {
    if (one.size() != other.size()) {
      return false;
    }
    EqualChanges comparison = new EqualChanges();
    for (int i = 0; i < one.size(); i++) {
      if (!comparison.sameButContent(one.get(i), other.get(i))) {
        return false;
      }
    }
    for (int i = 0; i < one.size(); i++) {
      if (!sameContent(file(one.get(i)), file(other.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private boolean sameButContent(Change one, Change other) {
    if (!one.getClass().equals(other.getClass()) || !one.path().equals(other.path())) {
      return false;
    }
    return !(one instanceof Change.Put put && other instanceof Change.Put otherPut)
        || sameButContent(put.entry(), otherPut.entry());
  }

  private boolean sameButContent(Entry one, Entry other) {
    if (one.kind() != other.kind()
        || one.linked() != other.linked()
        || !sameButTime(one.metadata(), other.metadata())
        || one.linked() && !sameLinks(one, other)) {
      return false;
    }
    if (one instanceof RegularFile file && other instanceof RegularFile otherFile) {
      return file.size() == otherFile.size();
    }
    if (one instanceof Symlink || one instanceof Device) {
      return one.withMetadata(other.metadata()).sameAs(other);
    }
    return true;
  }

  private boolean sameLinks(Entry one, Entry other) {
    Entry before = links.putIfAbsent(one, other);
    Entry beforeBack = linksBack.putIfAbsent(other, one);
    return (before == null || before == other) && (beforeBack == null || beforeBack == one);
  }

  private static boolean sameButTime(Metadata one, Metadata other) {
    return one.mode() == other.mode()
        && one.uid() == other.uid()
        && one.gid() == other.gid()
        && one.xattrs().equals(other.xattrs());
  }

  private static @Nullable RegularFile file(Change change) {
    return change instanceof Change.Put put && put.entry() instanceof RegularFile file
        ? file
        : null;
  }

  private static boolean sameContent(@Nullable RegularFile one, @Nullable RegularFile other)
      throws IOException {
    if (one == null || other == null) {
      return true; // neither is a file: their kinds are equal
    }
    try (InputStream in = one.content().open();
        InputStream otherIn = other.content().open()) {
      byte[] bytes = new byte[BUFFER_SIZE];
      byte[] otherBytes = new byte[BUFFER_SIZE];
      while (true) {
        int count = in.readNBytes(bytes, 0, BUFFER_SIZE);
        int otherCount = otherIn.readNBytes(otherBytes, 0, BUFFER_SIZE);
        if (!Arrays.equals(bytes, 0, count, otherBytes, 0, otherCount)) {
          return false;
        }
        if (count < BUFFER_SIZE) {
          return true;
        }
      }
    }
  }
}
