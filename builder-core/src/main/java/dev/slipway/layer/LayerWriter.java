package dev.slipway.layer;

import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Device;
import dev.slipway.tree.Entry;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes as the tar archive of a layer: in the order of the changes, whole-second times, no
 * names of users, PAX headers only where ustar cannot say it. The same changes give the same bytes.
 */
public final class LayerWriter {
  private static final int BUFFER = 1 << 16;
  private static final Metadata WHITEOUT = Metadata.of(0, 0);

  private final OutputStream tar;
  private final TarHeaderWriter headers;
  private final byte[] buffer = new byte[BUFFER];

  /** The first name of each file that may have more. */
  private final Map<Entry, TreePath> firstNames = new IdentityHashMap<>();

  private LayerWriter(OutputStream tar, LayerDetail detail) {
    this.tar = tar;
    this.headers = new TarHeaderWriter(tar, detail);
  }

  /**
   * Writes all that a directory of this machine can hold of the changes.
   *
   * @param tar stays open
   * @throws LayerException if a name begins with {@code .wh.}, or a file's content has not the size
   *     that its entry says
   */
  public static void write(ChangeSet changes, OutputStream tar) throws IOException {
    write(changes, LayerDetail.DIRECTORY, tar);
  }

  static void write(ChangeSet changes, LayerDetail detail, OutputStream tar) throws IOException {
    new LayerWriter(tar, detail).write(changes);
  }

  private void write(ChangeSet changes) throws IOException {
    TreePath opaque = null;
    for (Change change : changes) {
      opaque = writeOpaqueMark(opaque, change);
      if (change instanceof Change.Put put) {
        writeEntry(put.path(), put.entry());
      } else if (change instanceof Change.Whiteout) {
        writeMark(WhiteoutNames.whiteoutOf(change.path()));
      } else {
        opaque = change.path();
      }
    }
    if (opaque != null) {
      writeMark(WhiteoutNames.opaqueMarkIn(opaque));
    }
    tar.write(new byte[2 * TarInput.BLOCK]);
  }

  /** Writes a mark that waits for its directory, unless that is what comes now. */
  private @Nullable TreePath writeOpaqueMark(@Nullable TreePath waiting, Change next)
      throws IOException {
    if (waiting == null || waiting.equals(next.path())) {
      return waiting;
    }
    writeMark(WhiteoutNames.opaqueMarkIn(waiting));
    return null;
  }

  private void writeMark(TreePath path) throws IOException {
    headers.write(new TarHeader(TarMember.FILE, path, WHITEOUT));
  }

  private void writeEntry(TreePath path, Entry entry) throws IOException {
    refuseWhiteoutName(path);
    if (entry.linked()) {
      TreePath first = firstNames.putIfAbsent(entry, path);
      if (first != null) {
        headers.write(
            new TarHeader(TarMember.HARD_LINK, path, entry.metadata()).withLink(first.toBytes()));
        return;
      }
    }
    if (entry instanceof RegularFile file) {
      headers.write(new TarHeader(TarMember.FILE, path, file.metadata()).withSize(file.size()));
      if (file.size() > 0) {
        writeBody(path, file);
      }
    } else if (entry instanceof Symlink link) {
      headers.write(
          new TarHeader(TarMember.SYMLINK, path, link.metadata()).withLink(link.target()));
    } else if (entry instanceof Device device) {
      headers.write(
          new TarHeader(typeOf(device), path, device.metadata())
              .withDevice(device.major(), device.minor()));
    } else {
      headers.write(new TarHeader(TarMember.DIRECTORY, path, entry.metadata()));
    }
  }

  private static byte typeOf(Device device) {
    return switch (device.type()) {
      case CHARACTER -> TarMember.CHARACTER_DEVICE;
      case BLOCK -> TarMember.BLOCK_DEVICE;
      case FIFO -> TarMember.FIFO;
    };
  }

  private static void refuseWhiteoutName(TreePath path) {
    if (!path.isRoot() && WhiteoutNames.isWhiteout(path.name())) {
      throw new LayerException(
          "cannot put the file \"" + path + "\" into a layer: its name means a deletion there",
          "rename it, or leave it out with .dockerignore");
    }
  }

  private void writeBody(TreePath path, RegularFile file) throws IOException {
    long left = file.size();
    try (InputStream in = file.content().open()) {
      int got;
      while ((got = in.read(buffer)) > 0 && got <= left) {
        tar.write(buffer, 0, got);
        left -= got;
      }
      if (left != 0 || got > 0) {
        throw new LayerException(
            "\"" + path + "\" changed while it was read: it had " + file.size() + " bytes",
            "build again when nothing writes to it");
      }
    }
    headers.pad(file.size());
  }
}
