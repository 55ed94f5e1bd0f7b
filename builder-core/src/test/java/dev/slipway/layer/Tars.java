package dev.slipway.layer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Archives made by another program than ours, hostile ones too. */
final class Tars {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream out;

  private Tars() {
    out = new TarArchiveOutputStream(bytes, "UTF-8");
    out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    out.setAddPaxHeadersForNonAsciiNames(true);
  }

  static Tars tar() {
    return new Tars();
  }

  Tars gnu() {
    out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    out.setAddPaxHeadersForNonAsciiNames(false);
    return this;
  }

  Tars file(String name, String content) {
    return add(entry(name, TarArchiveEntry.LF_NORMAL), content);
  }

  Tars file(String name, String content, Map<String, String> pax) {
    TarArchiveEntry entry = entry(name, TarArchiveEntry.LF_NORMAL);
    pax.forEach(entry::addPaxHeader);
    return add(entry, content);
  }

  Tars directory(String name) {
    return add(entry(name, TarArchiveEntry.LF_DIR), "");
  }

  Tars symlink(String name, String target) {
    return link(name, target, TarArchiveEntry.LF_SYMLINK);
  }

  Tars hardLink(String name, String target) {
    return link(name, target, TarArchiveEntry.LF_LINK);
  }

  private Tars link(String name, String target, byte type) {
    TarArchiveEntry entry = entry(name, type);
    entry.setLinkName(target);
    return add(entry, "");
  }

  Tars type(String name, char type) {
    return add(entry(name, (byte) type), "");
  }

  Tars id(String name, long uid, long gid) {
    TarArchiveEntry entry = entry(name, TarArchiveEntry.LF_NORMAL);
    entry.setUserId(uid);
    entry.setGroupId(gid);
    return add(entry, "");
  }

  private static TarArchiveEntry entry(String name, byte type) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setMode(type == TarArchiveEntry.LF_DIR ? 0755 : 0644);
    entry.setModTime(1_000_000L);
    return entry;
  }

  private Tars add(TarArchiveEntry entry, String content) {
    byte[] body = content.getBytes(StandardCharsets.UTF_8);
    try {
      entry.setSize(body.length);
      out.putArchiveEntry(entry);
      out.write(body);
      out.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  byte[] bytes() {
    try {
      out.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The archive with one header changed, its checksum made right again. */
  static byte[] patched(byte[] tar, int offset, byte... bytes) {
    byte[] patched = tar.clone();
    System.arraycopy(bytes, 0, patched, offset, bytes.length);
    int header = offset / 512 * 512;
    byte[] block = Arrays.copyOfRange(patched, header, header + 512);
    TarField.CHECKSUM.putChecksum(block, TarField.checksum(block, false));
    System.arraycopy(block, 0, patched, header, 512);
    return patched;
  }
}
