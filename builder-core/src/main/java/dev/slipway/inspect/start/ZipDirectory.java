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
  private static final int MEMBER = 0x02014b50;
  private static final int MEMBER_SIZE = 46;
  private static final int LOCAL_SIZE = 30;
  private static final int MAX_COMMENT = 0xffff;
  private static final int MAX_DIRECTORY = 16 << 20;
  private static final int DEFLATED = 8;

  private final RegularFile file;
  private final Map<String, Member> members;

  private record Member(long offset, int method, long compressed) {}

  private ZipDirectory(RegularFile file, Map<String, Member> members) {
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
      int size = end.getInt(at + 12);
      long start = bytes.size() - tail + at - Integer.toUnsignedLong(size);
      if (size < 0 || size > MAX_DIRECTORY || start < 0) {
        return null;
      }
      // Something may stand before the archive: offsets are counted from its own beginning.
      long base = start - Integer.toUnsignedLong(end.getInt(at + 16));
      return base < 0
          ? null
          : new ZipDirectory(file, members(buffer(bytes.read(start, size)), base));
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
