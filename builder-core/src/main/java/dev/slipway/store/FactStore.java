package dev.slipway.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Small things derived from others: trees, step results, what a remote name meant. A fact has a
 * kind and a key; the last one put wins. Reading costs one open and one read. A damaged fact is as
 * good as none. Thread-safe, also between processes.
 */
public final class FactStore {
  /** "SWF1", the length, the CRC-32 of the content: a power failure can leave anything. */
  private static final int HEADER = 12;

  private static final int MAGIC = 0x53574631;
  private static final long TOUCH_AFTER_MILLIS = 3_600_000;

  private final StoreSession session;

  FactStore(StoreSession session) {
    this.session = session;
  }

  /**
   * @param kind lower-case letters, digits and {@code -}
   * @param key an even number of at least 8 lower-case hexadecimal digits
   * @return the bytes of the fact; empty if there is none or it is damaged
   * @throws StoreException if the disk fails
   */
  public Optional<byte[]> find(String kind, String key) {
    Path file = file(kind, key);
    try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < HEADER || size > Integer.MAX_VALUE - 8) {
        return Optional.empty();
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) size);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Until all is there.
      }
      byte[] content = content(bytes.flip());
      if (content == null) {
        return Optional.empty();
      }
      touch(file);
      return Optional.of(content);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreException.of("read", file, e);
    }
  }

  /** Whether there is a fact, damaged or not; costs less than to read it. */
  public boolean has(String kind, String key) {
    return Files.exists(file(kind, key));
  }

  private static byte @Nullable [] content(ByteBuffer bytes) {
    if (bytes.remaining() < HEADER
        || bytes.getInt() != MAGIC
        || bytes.getInt() != bytes.remaining() - 4) {
      return null;
    }
    int expected = bytes.getInt();
    byte[] content = new byte[bytes.remaining()];
    bytes.get(content);
    return checksum(content) == expected ? content : null;
  }

  /**
   * Puts a fact, over an earlier one of the same kind and key.
   *
   * @throws StoreException if the disk fails
   */
  public void put(String kind, String key, byte[] content) {
    Path file = file(kind, key);
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putInt(MAGIC).putInt(content.length).putInt(checksum(content)).flip();
    try {
      session.writeFile(file, header, ByteBuffer.wrap(content));
      session.added(Inventory.onDisk(HEADER + (long) content.length));
    } catch (IOException e) {
      throw StoreException.of("write", file, e);
    }
  }

  /** Deletes a fact; one that does not exist is a success. */
  public void remove(String kind, String key) {
    Path file = file(kind, key);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw StoreException.of("delete", file, e);
    }
  }

  /** Facts are handed out as bytes and need no protection, so once an hour is exact enough. */
  private void touch(Path file) throws IOException {
    long now = session.clock.millis();
    try {
      if (Files.getLastModifiedTime(file).toMillis() + TOUCH_AFTER_MILLIS < now) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(now));
      }
    } catch (NoSuchFileException e) {
      // Deleted since; what was read stays true.
    }
  }

  private Path file(String kind, String key) {
    checkKind(kind);
    if (key.length() < 8 || key.length() > 128 || key.length() % 2 != 0 || !Hex.isHex(key)) {
      throw new IllegalArgumentException("not a key of a fact: '" + key + "'");
    }
    return session
        .layout
        .facts
        .resolve(kind)
        .resolve(key.substring(0, 2))
        .resolve(key.substring(2));
  }

  private static void checkKind(String kind) {
    boolean valid = !kind.isEmpty() && kind.length() <= 64;
    for (int i = 0; valid && i < kind.length(); i++) {
      char c = kind.charAt(i);
      valid = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
    }
    if (!valid) {
      throw new IllegalArgumentException("not a kind of facts: '" + kind + "'");
    }
  }

  private static int checksum(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return (int) crc.getValue();
  }
}
