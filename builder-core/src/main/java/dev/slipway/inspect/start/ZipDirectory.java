package dev.slipway.inspect.start;

import dev.slipway.tree.RegularFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** The members of a zip archive, as its central directory names them; APPNOTE.TXT 4.3. */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;

  /** Archives of more than 65535 members, or 4 GiB, have these before their end. */
  private static final int LOCATOR = 0x07064b50;

  private static final int LOCATOR_SIZE = 20;
  private static final int LARGE_END = 0x06064b50;
  private static final int LARGE_END_SIZE = 56;

  private static final int MEMBER = 0x02014b50;
  private static final int MEMBER_SIZE = 46;
  private static final int LOCAL_SIZE = 30;
  private static final int MAX_COMMENT = 0xffff;
  private static final int MAX_DIRECTORY = 16 << 20;
  private static final int DEFLATED = 8;

  private final RegularFile file;
  private final Map<String, Member> members;
  private final boolean known;

  private record Member(long offset, int method, long compressed) {}

  private ZipDirectory(RegularFile file, Map<String, Member> members, boolean known) {
    this.known = known;
    this.file = file;
    this.members = members;
  }

  /** Null for what is no such archive, or broken. */
  static @Nullable ZipDirectory read(RegularFile file) {
    try (ContentBytes bytes = new ContentBytes(file.content())) {
      int tail = (int) Math.min(bytes.size(), END_SIZE + MAX_COMMENT);
      ByteBuffer end = buffer(bytes.read(bytes.size() - tail, tail));
      int at = end.capacity() - END_SIZE;
      while (at >= 0 && end.getInt(at) != END) {
        at--;
      }
      if (at < 0) {
        return null;
      }
      long size = Integer.toUnsignedLong(end.getInt(at + 12));
      long offset = Integer.toUnsignedLong(end.getInt(at + 16));
      long behind = bytes.size() - tail + at;
      int large = at - LOCATOR_SIZE - LARGE_END_SIZE;
      if (large >= 0
          && end.getInt(at - LOCATOR_SIZE) == LOCATOR
          && end.getInt(large) == LARGE_END) {
        size = end.getLong(large + 40);
        offset = end.getLong(large + 48);
        behind = bytes.size() - tail + large;
      }
      // Something may stand before the archive: offsets are counted from its own beginning.
      long start = behind - size;
      if (size < 0 || offset < 0 || start < offset) {
        return null;
      }
      return size > MAX_DIRECTORY
          ? new ZipDirectory(file, Map.of(), false)
          : new ZipDirectory(
              file, members(buffer(bytes.read(start, (int) size)), start - offset), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Map<String, Member> members(ByteBuffer directory, long base) {
    Map<String, Member> members = new LinkedHashMap<>();
    int at = 0;
    while (at + MEMBER_SIZE <= directory.capacity() && directory.getInt(at) == MEMBER) {
      int name = Short.toUnsignedInt(directory.getShort(at + 28));
      int next =
          at
              + MEMBER_SIZE
              + name
              + Short.toUnsignedInt(directory.getShort(at + 30))
              + Short.toUnsignedInt(directory.getShort(at + 32));
      if (next > directory.capacity()) {
        break;
      }
      members.put(
          new String(directory.array(), at + MEMBER_SIZE, name, StandardCharsets.UTF_8),
          new Member(
              base + Integer.toUnsignedLong(directory.getInt(at + 42)),
              Short.toUnsignedInt(directory.getShort(at + 10)),
              Integer.toUnsignedLong(directory.getInt(at + 20))));
      at = next;
    }
    return members;
  }

  /** Whether they are looked at; there may be too many. */
  boolean isKnown() {
    return known;
  }

  Set<String> names() {
    return members.keySet();
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /** The first bytes of a member, {@code most} at most; none where it is not there or broken. */
  byte[] start(String name, int most) {
    Member member = members.get(name);
    if (member == null) {
      return new byte[0];
    }
    try (ContentBytes bytes = new ContentBytes(file.content())) {
      ByteBuffer local = buffer(bytes.read(member.offset, LOCAL_SIZE));
      if (local.capacity() < LOCAL_SIZE) {
        return new byte[0];
      }
      long data =
          member.offset
              + LOCAL_SIZE
              + Short.toUnsignedInt(local.getShort(26))
              + Short.toUnsignedInt(local.getShort(28));
      byte[] stored = bytes.read(data, (int) Math.min(member.compressed, most));
      return member.method == DEFLATED ? inflate(stored, most) : stored;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] inflate(byte[] stored, int most) {
    Inflater inflater = new Inflater(true);
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(stored), inflater)) {
      return in.readNBytes(most);
    } catch (IOException e) {
      return new byte[0]; // cut off, or no deflated bytes at all
    } finally {
      inflater.end();
    }
  }
}
