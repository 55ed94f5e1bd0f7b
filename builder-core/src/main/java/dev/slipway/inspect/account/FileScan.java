package dev.slipway.inspect.account;

import dev.slipway.inspect.ElfFile;
import dev.slipway.inspect.ElfSections;
import dev.slipway.inspect.FileBytes;
import dev.slipway.inspect.hygiene.SecretContent;
import dev.slipway.oci.Digest;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Looks at the content of files as it goes by. */
final class FileScan {
  /** Of larger ELF files the rest is not kept, so nothing is known of their sections. */
  private static final int ELF_LIMIT = 128 << 20;

  private final byte[] buffer = new byte[1 << 16];

  FileFacts scan(TreePath path, long size, InputStream body) throws IOException {
    MessageDigest digest = Digest.newSha256();
    byte[] elf = null;
    int kept = 0;
    long zeros = 0;
    String secret = null;
    boolean first = true;
    for (int count = fill(body); count > 0; count = fill(body)) {
      digest.update(buffer, 0, count);
      zeros += zeros(count);
      if (first && ElfFile.isElf(buffer)) {
        elf = new byte[(int) Math.min(size, ELF_LIMIT)];
      } else if (first && count == size) {
        secret = SecretContent.find(path, buffer, count);
      }
      first = false;
      if (elf != null) {
        int more = Math.min(count, elf.length - kept);
        System.arraycopy(buffer, 0, elf, kept, more);
        kept += more;
      }
    }
    Digest name = Digest.ofHash(digest.digest());
    if (elf == null) {
      return new FileFacts(name, null, 0, zeros, secret);
    }
    FileBytes bytes = FileBytes.of(elf);
    ElfFile file = ElfFile.read(bytes);
    return new FileFacts(
        name, file == null ? null : file.dynamic(), ElfSections.strippable(bytes), zeros, null);
  }

  private int fill(InputStream body) throws IOException {
    return body.readNBytes(buffer, 0, buffer.length);
  }

  private long zeros(int count) {
    long zeros = 0;
    for (int i = 0; i < count; i++) {
      if (buffer[i] == 0) {
        zeros++;
      }
    }
    return zeros;
  }
}
