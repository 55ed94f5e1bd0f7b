package dev.slipway.layer;

import dev.slipway.tree.Metadata;
import dev.slipway.tree.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes headers as ustar, with a PAX header before those that ustar has no room for. */
final class TarHeaderWriter {
  private static final byte[] ZEROS = new byte[TarInput.BLOCK];
  private static final int MAX_NAME = 100;
  private static final int MAX_PREFIX = 155;

  private final OutputStream tar;
  private final LayerDetail detail;
  private final byte[] block = new byte[TarInput.BLOCK];

  TarHeaderWriter(OutputStream tar, LayerDetail detail) {
    this.tar = tar;
    this.detail = detail;
  }

  void write(TarHeader header) throws IOException {
    byte[] name = header.name();
    int split = prefixLength(name);
    TreeMap<String, byte[]> pax = paxRecords(header, name, split);
    if (pax != null) {
      writePax(header.path(), pax);
    }
    writeUstar(header, name, Math.max(0, split));
  }

  /** Fills up the last block of a body. */
  void pad(long size) throws IOException {
    tar.write(ZEROS, 0, (int) (-size & TarInput.BLOCK - 1));
  }

  /** What ustar cannot say, by keyword in ascending order; null if it can say all. */
  private @Nullable TreeMap<String, byte[]> paxRecords(TarHeader header, byte[] name, int split) {
    Metadata metadata = header.metadata();
    byte[] link = header.linkName();
    TreeMap<String, byte[]> pax = null;
    if (split < 0) {
      pax = add(pax, "path", name);
    }
    if (link.length > MAX_NAME || !isAscii(link)) {
      pax = add(pax, "linkpath", link);
    }
    pax = addNumber(pax, "size", TarField.SIZE, header.size());
    pax = addNumber(pax, "uid", TarField.UID, Integer.toUnsignedLong(metadata.uid()));
    pax = addNumber(pax, "gid", TarField.GID, Integer.toUnsignedLong(metadata.gid()));
    if (metadata.mtimeNanos() != 0 && detail.keepsFractions()) {
      pax = add(pax, "mtime", fraction(metadata).getBytes(StandardCharsets.ISO_8859_1));
    } else {
      pax = addNumber(pax, "mtime", TarField.MTIME, metadata.mtimeSeconds());
    }
    if (!metadata.xattrs().isEmpty()) {
      for (Map.Entry<String, byte[]> xattr : metadata.xattrs().toMap().entrySet()) {
        if (detail.keepsAttribute(xattr.getKey())) {
          pax = add(pax, PaxRecords.XATTR + xattr.getKey(), xattr.getValue());
        }
      }
    }
    return pax;
  }

  private static String fraction(Metadata metadata) {
    return BigDecimal.valueOf(metadata.mtimeSeconds())
        .add(BigDecimal.valueOf(metadata.mtimeNanos(), 9))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static @Nullable TreeMap<String, byte[]> addNumber(
      @Nullable TreeMap<String, byte[]> pax, String keyword, TarField field, long number) {
    return field.fitsOctal(number)
        ? pax
        : add(pax, keyword, Long.toString(number).getBytes(StandardCharsets.ISO_8859_1));
  }

  private static TreeMap<String, byte[]> add(
      @Nullable TreeMap<String, byte[]> pax, String keyword, byte[] value) {
    TreeMap<String, byte[]> records = pax == null ? new TreeMap<>() : pax;
    records.put(keyword, value);
    return records;
  }

  private void writePax(TreePath path, TreeMap<String, byte[]> records) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> record : records.entrySet()) {
      body.writeBytes(PaxRecords.encode(record.getKey(), record.getValue()));
    }
    Arrays.fill(block, (byte) 0);
    byte[] name = "PaxHeaders.0/".concat(path.nameText()).getBytes(StandardCharsets.UTF_8);
    TarField.NAME.putText(block, ascii(name));
    putNumbers(0, 0, 0, body.size(), 0);
    finish(TarMember.PAX);
    body.writeTo(tar);
    pad(body.size());
  }

  private void writeUstar(TarHeader header, byte[] name, int split) throws IOException {
    Metadata metadata = header.metadata();
    Arrays.fill(block, (byte) 0);
    if (split > 0) {
      TarField.PREFIX.putText(block, Arrays.copyOf(name, split));
      TarField.NAME.putText(block, Arrays.copyOfRange(name, split + 1, name.length));
    } else {
      TarField.NAME.putText(block, ascii(name));
    }
    TarField.LINK_NAME.putText(block, ascii(header.linkName()));
    putNumbers(
        metadata.mode(),
        Integer.toUnsignedLong(metadata.uid()),
        Integer.toUnsignedLong(metadata.gid()),
        header.size(),
        metadata.mtimeSeconds());
    putDeviceNumber(TarField.DEVICE_MAJOR, header.deviceMajor());
    putDeviceNumber(TarField.DEVICE_MINOR, header.deviceMinor());
    finish(header.type());
  }

  /** Numbers that have no room are 0: a PAX record says them. */
  private void putNumbers(long mode, long uid, long gid, long size, long mtime) {
    TarField.MODE.putOctal(block, mode);
    TarField.UID.putOctal(block, TarField.UID.fitsOctal(uid) ? uid : 0);
    TarField.GID.putOctal(block, TarField.GID.fitsOctal(gid) ? gid : 0);
    TarField.SIZE.putOctal(block, TarField.SIZE.fitsOctal(size) ? size : 0);
    TarField.MTIME.putOctal(block, TarField.MTIME.fitsOctal(mtime) ? mtime : 0);
    TarField.DEVICE_MAJOR.putOctal(block, 0);
    TarField.DEVICE_MINOR.putOctal(block, 0);
  }

  private void putDeviceNumber(TarField field, int number) {
    if (field.fitsOctal(number)) {
      field.putOctal(block, number);
    } else {
      field.putBinary(block, number);
    }
  }

  private void finish(byte type) throws IOException {
    TarField.TYPE.putText(block, new byte[] {type});
    TarField.MAGIC.putText(block, new byte[] {'u', 's', 't', 'a', 'r', 0, '0', '0'});
    TarField.CHECKSUM.putOctal(block, 0);
    TarField.CHECKSUM.putChecksum(block, TarField.checksum(block, false));
    tar.write(block);
  }

  /**
   * How much of the name goes into ustar's prefix field.
   *
   * @return 0 if all fits into the name field; -1 if the name fits nowhere
   */
  private static int prefixLength(byte[] name) {
    if (!isAscii(name)) {
      return -1;
    }
    if (name.length <= MAX_NAME) {
      return 0;
    }
    int last = Math.min(MAX_PREFIX, name.length - 2);
    for (int i = last; i > 0 && name.length - i - 1 <= MAX_NAME; i--) {
      if (name[i] == '/') {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAscii(byte[] text) {
    for (byte b : text) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /** The text without what is not ASCII, for readers that know no PAX. */
  private static byte[] ascii(byte[] text) {
    if (isAscii(text)) {
      return text;
    }
    byte[] kept = new byte[text.length];
    int size = 0;
    for (byte b : text) {
      if (b > 0) {
        kept[size++] = b;
      }
    }
    return Arrays.copyOf(kept, size);
  }
}
