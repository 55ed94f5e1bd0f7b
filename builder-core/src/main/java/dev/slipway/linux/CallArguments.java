package dev.slipway.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.List;

/** Memory for the arguments of one call, given back when closed. Not thread-safe. */
final class CallArguments implements AutoCloseable {
  private final long block;
  private final long size;
  private long used;

  /**
   * @param size bytes for all that will be put
   */
  CallArguments(long size) {
    this.size = size;
    block = Native.malloc(size);
    if (block == 0) {
      throw new OutOfMemoryError("native memory for a system call");
    }
  }

  /** For a few names or paths. */
  static CallArguments of(byte[]... texts) {
    long total = 16;
    for (byte[] text : texts) {
      total += text.length + 9;
    }
    return new CallArguments(total);
  }

  /** The address of so many bytes, aligned to eight, filled with zeros. */
  long allocate(long bytes) {
    long at = used;
    used = (used + bytes + 7) & ~7L;
    if (used > size + 7) {
      throw new IllegalStateException("arguments of " + used + " bytes in a block of " + size);
    }
    Pointer pointer = new Pointer(block + at);
    pointer.setMemory(0, bytes, (byte) 0);
    return block + at;
  }

  /** The address of a text with a zero byte after it. */
  long text(byte[] text) {
    long at = allocate(text.length + 1L);
    new Pointer(at).write(0, text, 0, text.length);
    return at;
  }

  long text(String text) {
    return text(PathBytes.of(text));
  }

  /** The address of a list of texts with a null after the last. */
  long texts(List<byte[]> texts) {
    long array = allocate(8L * (texts.size() + 1));
    Pointer pointer = new Pointer(array);
    for (int i = 0; i < texts.size(); i++) {
      pointer.setLong(8L * i, text(texts.get(i)));
    }
    return array;
  }

  @Override
  public void close() {
    Native.free(block);
  }
}
