package dev.slipway.layer;

import dev.slipway.tree.Metadata;
import dev.slipway.tree.Xattrs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the members of an archive one by one, with what extended headers say of them. */
final class TarMembers {
  /** As in Go's archive/tar, so that we refuse what nobody can load; of all of a member's. */
  private static final int MAX_EXTENDED_HEADER = 1 << 20;

  private static final int MAX_GLOBAL_HEADERS = 10_000;
  private static final long MAX_ID = 0xffff_ffffL;

  private final TarInput in;
  private final byte[] block = new byte[TarInput.BLOCK];
  private long bodyEnd;

  TarMembers(TarInput in) {
    this.in = in;
  }

  /**
   * The next member; the stream stands at its body. What the caller left of the last member's body
   * is skipped.
   *
   * @return null at the end of the archive
   */
  @Nullable TarMember next() throws IOException {
    in.skip(bodyEnd - in.position());
    if (!in.skipPadding(padding(bodyEnd))) {
      return null;
    }
    PaxRecords pax = new PaxRecords();
    byte[] longName = null;
    byte[] longLink = null;
    long extended = 0;
    for (int headers = 0; headers < MAX_GLOBAL_HEADERS; headers++) {
      if (!readHeader()) {
        return null;
      }
      byte type = TarField.TYPE.first(block);
      extended += isAboutTheNext(type) ? TarField.SIZE.number(block) : 0;
      if (extended > MAX_EXTENDED_HEADER) {
        throw tooLarge(extended);
      }
      switch (type) {
        case TarMember.PAX -> pax.parse(readBody());
        case TarMember.PAX_GLOBAL -> readBody();
        case TarMember.GNU_LONG_NAME -> longName = untilNul(readBody());
        case TarMember.GNU_LONG_LINK -> longLink = untilNul(readBody());
        default -> {
          return member(type, pax, longName, longLink);
        }
      }
    }
    throw new LayerException("malformed archive: headers without a member");
  }

  /** Reads a header into the block; false at the end of the archive. */
  private boolean readHeader() throws IOException {
    if (!in.readBlock(block) || isZero() && (!in.readBlock(block) || isZero())) {
      return false;
    }
    long stated = TarField.CHECKSUM.number(block);
    if (stated != TarField.checksum(block, false) && stated != TarField.checksum(block, true)) {
      throw new LayerException(
          "malformed tar header before byte " + in.position() + ": its checksum is wrong");
    }
    return true;
  }

  private boolean isZero() {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** The body of a header that is about another one. */
  private byte[] readBody() throws IOException {
    long size = TarField.SIZE.number(block);
    if (size < 0 || size > MAX_EXTENDED_HEADER) {
      throw tooLarge(size);
    }
    byte[] body = in.readFully((int) size);
    in.skipPadding(padding(size));
    return body;
  }

  private static boolean isAboutTheNext(byte type) {
    return type == TarMember.PAX
        || type == TarMember.GNU_LONG_NAME
        || type == TarMember.GNU_LONG_LINK;
  }

  private static LayerException tooLarge(long size) {
    return new LayerException(
        "extended tar header of " + size + " bytes: at most 1 MiB is accepted");
  }

  private static int padding(long size) {
    return (int) (-size & TarInput.BLOCK - 1);
  }

  private static byte[] untilNul(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return Arrays.copyOf(bytes, end);
  }

  private TarMember member(
      byte type, PaxRecords pax, byte @Nullable [] longName, byte @Nullable [] longLink) {
    byte[] name = firstOf(pax.name("path"), longName, ustarName());
    byte[] link = firstOf(pax.name("linkpath"), longLink, TarField.LINK_NAME.text(block));
    byte plain = plainType(type, name);
    boolean hasBody = plain == TarMember.FILE;
    long size = hasBody ? pax.number("size", TarField.SIZE.number(block)) : 0;
    bodyEnd = in.position() + size;
    if (size < 0 || bodyEnd < 0) {
      throw new LayerException("malformed tar header: a size of " + size + " bytes");
    }
    return new TarMember(
        plain,
        name,
        link,
        size,
        metadata(pax),
        deviceNumber(plain, TarField.DEVICE_MAJOR),
        deviceNumber(plain, TarField.DEVICE_MINOR));
  }

  private static byte[] firstOf(byte @Nullable [] one, byte @Nullable [] two, byte[] three) {
    return one != null ? one : two != null ? two : three;
  }

  private static byte plainType(byte type, byte[] name) {
    if (type == 0) {
      boolean slash = name.length > 0 && name[name.length - 1] == '/';
      return slash ? TarMember.DIRECTORY : TarMember.FILE;
    }
    return type == TarMember.CONTIGUOUS_FILE ? TarMember.FILE : type;
  }

  private byte[] ustarName() {
    byte[] name = TarField.NAME.text(block);
    if (!TarField.MAGIC.holds(block, "ustar\0")) {
      return name;
    }
    boolean star = TarField.STAR_TRAILER.holds(block, "tar\0");
    byte[] prefix = (star ? TarField.STAR_PREFIX : TarField.PREFIX).text(block);
    if (prefix.length == 0) {
      return name;
    }
    byte[] joined = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    joined[prefix.length] = '/';
    System.arraycopy(name, 0, joined, prefix.length + 1, name.length);
    return joined;
  }

  private Metadata metadata(PaxRecords pax) {
    long[] time = pax.time("mtime");
    long seconds = time != null ? time[0] : TarField.MTIME.number(block);
    int nanos = time != null ? (int) time[1] : 0;
    return new Metadata(
        (int) TarField.MODE.number(block) & 07777,
        id(pax.number("uid", TarField.UID.number(block))),
        id(pax.number("gid", TarField.GID.number(block))),
        seconds,
        nanos,
        xattrs(pax));
  }

  private static int id(long id) {
    if (id < 0 || id > MAX_ID) {
      throw new LayerException("malformed tar header: " + id + " is no user or group id");
    }
    return (int) id;
  }

  private static Xattrs xattrs(PaxRecords pax) {
    Map<String, byte[]> xattrs = null;
    for (Map.Entry<String, byte[]> record : pax.all().entrySet()) {
      if (record.getKey().startsWith(PaxRecords.XATTR)) {
        String name = record.getKey().substring(PaxRecords.XATTR.length());
        if (!isOverlays(name)) {
          xattrs = xattrs == null ? new HashMap<>() : xattrs;
          xattrs.put(name, record.getValue());
        }
      }
    }
    return xattrs == null ? Xattrs.EMPTY : Xattrs.of(xattrs);
  }

  /** An overlay mount would obey these: a layer could so redirect a directory to anywhere. */
  private static boolean isOverlays(String xattr) {
    return xattr.startsWith("trusted.overlay.") || xattr.startsWith("user.overlay.");
  }

  private int deviceNumber(byte type, TarField field) {
    if (type != TarMember.CHARACTER_DEVICE && type != TarMember.BLOCK_DEVICE) {
      return 0;
    }
    long number = field.number(block);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new LayerException("malformed tar header: " + number + " is no device number");
    }
    return (int) number;
  }

  /** For messages: a name as text. */
  static String text(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }
}
