package dev.slipway.context;

import dev.slipway.layer.BlockInputStream;
import dev.slipway.tree.Content;
import dev.slipway.tree.HostNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file of this machine as it was when the context was scanned: if it is another by
 * the time it has been read, reading fails. Two are equal if they are the same file in the same
 * state.
 */
public final class HostFileContent implements Content {
  private final HostDirectory directory;
  private final byte[] name;
  private final long inode;
  private final long size;
  private final long mtimeNanos;
  private final long ctimeNanos;
  private volatile byte @Nullable [] digest;

  /**
   * @param name in the directory; not copied
   */
  HostFileContent(HostDirectory directory, byte[] name, HostStat stat) {
    this.directory = directory;
    this.name = name;
    this.inode = stat.inode();
    this.size = stat.size();
    this.mtimeNanos = stat.mtimeNanos();
    this.ctimeNanos = stat.ctimeNanos();
  }

  @Override
  public long size() {
    return size;
  }

  /** Where the file is, as long as nobody moves it. */
  private Path path() {
    return HostNames.resolve(directory.path(), name);
  }

  @Override
  public InputStream open() throws IOException {
    Path path = path();
    return new Checked(Channels.newInputStream(directory.open(path)), path);
  }

  @Override
  public @Nullable String digestIfKnown() {
    byte[] known = digestBytesIfKnown();
    return known == null ? null : HexFormat.of().formatHex(known);
  }

  /** As {@link #digestIfKnown}; not a copy, do not change it. */
  byte @Nullable [] digestBytesIfKnown() {
    byte[] known = digest;
    if (known == null) {
      String remembered = directory.digests().find(identity());
      if (remembered != null) {
        known = HexFormat.of().parseHex(remembered);
        digest = known;
      }
    }
    return known;
  }

  /** The SHA-256 in lower-case hexadecimal; reads the file where it is not known. */
  public String digest() throws IOException {
    return HexFormat.of().formatHex(digestBytes());
  }

  /** As {@link #digest}; not a copy, do not change it. */
  byte[] digestBytes() throws IOException {
    byte[] known = digestBytesIfKnown();
    if (known == null) {
      try (InputStream in = open()) {
        known = FileHashes.hash(in, size);
      }
      digest = known;
      directory.digests().remember(identity(), HexFormat.of().formatHex(known));
    }
    return known;
  }

  private HostFileIdentity identity() {
    String path = path().toString();
    return new HostFileIdentity(
        HostNames.isAscii(path) ? path : path().toUri().getRawPath(),
        inode,
        size,
        mtimeNanos,
        ctimeNanos);
  }

  private boolean isUnchanged(Path path) throws IOException {
    HostStat now = HostStat.of(path);
    return now.inode() == inode
        && now.size() == size
        && now.mtimeNanos() == mtimeNanos
        && now.ctimeNanos() == ctimeNanos;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostFileContent content && content.identity().equals(identity());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(inode * 31 + mtimeNanos);
  }

  @Override
  public String toString() {
    return path().toString();
  }

  /** Checks at the end, at the latest when closed, that what was read is what was scanned. */
  private final class Checked extends BlockInputStream {
    private final InputStream in;
    private final Path path;
    private long count;
    private boolean checked;

    Checked(InputStream in, Path path) {
      this.in = in;
      this.path = path;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = in.read(buffer, offset, length);
      if (n > 0) {
        count += n;
      }
      if (count > size || (n < 0 && count < size)) {
        throw changed();
      }
      if (n < 0) {
        check();
      }
      return n;
    }

    private void check() throws IOException {
      checked = true;
      if (!isUnchanged(path)) {
        throw changed();
      }
    }

    private IOException changed() {
      checked = true;
      return new IOException("\"" + path + "\" changed while being read");
    }

    @Override
    public long skip(long n) throws IOException {
      long skipped = in.skip(n);
      count += skipped;
      return skipped;
    }

    @Override
    public void close() throws IOException {
      in.close();
      if (!checked) {
        check();
      }
    }
  }
}
