package dev.slipway.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A layer as an attacker or anybody else would write it. */
final class LayerTar {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

  private boolean finished;

  LayerTar() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  LayerTar directory(String path) {
    return add(entry(path + "/", TarConstants.LF_DIR, 0755, 0), "");
  }

  LayerTar file(String path, String content) {
    return file(path, content, 0644, 0);
  }

  LayerTar file(String path, String content, int mode, int owner) {
    return add(entry(path, TarConstants.LF_NORMAL, mode, owner), content);
  }

  LayerTar file(String path, byte[] content, int mode) {
    return add(entry(path, TarConstants.LF_NORMAL, mode, 0), content);
  }

  LayerTar file(String path, String content, Map<String, String> attributes) {
    TarArchiveEntry entry = entry(path, TarConstants.LF_NORMAL, 0644, 0);
    Map<String, String> headers = new LinkedHashMap<>();
    attributes.forEach((name, value) -> headers.put("SCHILY.xattr." + name, value));
    headers.forEach(entry::addPaxHeader);
    return add(entry, content);
  }

  LayerTar symlink(String path, String target) {
    TarArchiveEntry entry = entry(path, TarConstants.LF_SYMLINK, 0777, 0);
    entry.setLinkName(target);
    return add(entry, "");
  }

  LayerTar link(String path, String target) {
    TarArchiveEntry entry = entry(path, TarConstants.LF_LINK, 0644, 0);
    entry.setLinkName(target);
    return add(entry, "");
  }

  LayerTar device(String path, int major, int minor) {
    TarArchiveEntry entry = entry(path, TarConstants.LF_CHR, 0666, 0);
    entry.setDevMajor(major);
    entry.setDevMinor(minor);
    return add(entry, "");
  }

  private static TarArchiveEntry entry(String path, byte type, int mode, int owner) {
    TarArchiveEntry entry = new TarArchiveEntry(path, type, true);
    entry.setMode(mode);
    entry.setIds(owner, owner);
    entry.setModTime(1_600_000_000_000L);
    return entry;
  }

  private LayerTar add(TarArchiveEntry entry, String content) {
    return add(entry, content.getBytes(StandardCharsets.UTF_8));
  }

  private LayerTar add(TarArchiveEntry entry, byte[] body) {
    entry.setSize(body.length);
    try {
      tar.putArchiveEntry(entry);
      tar.write(body);
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  byte[] bytes() {
    if (finished) {
      return bytes.toByteArray();
    }
    finished = true;
    try {
      tar.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
