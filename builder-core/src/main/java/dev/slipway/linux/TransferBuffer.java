package dev.slipway.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** Memory through which bytes go to and from descriptors. Not thread-safe. */
public final class TransferBuffer implements AutoCloseable {
  private final long address;
  private final Pointer pointer;
  private final int size;

  public TransferBuffer(int size) {
    this.size = size;
    address = Native.malloc(size);
    if (address == 0) {
      throw new OutOfMemoryError("native memory for file content");
    }
    pointer = new Pointer(address);
  }

  /** Reads once. Returns how many bytes came, or 0 at the end. */
  public int read(int descriptor, byte[] bytes, int offset, int length) throws LinuxException {
    int wanted = Math.min(length, size);
    long result;
    do {
      result = Libc.call(SystemCall.READ, descriptor, address, wanted);
    } while (result == -Errno.EINTR);
    int count = (int) Libc.check(result, "read");
    pointer.read(0, bytes, offset, count);
    return count;
  }

  /** Writes all of it. */
  public void write(int descriptor, byte[] bytes, int offset, int length) throws LinuxException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int count = Math.min(end - at, size);
      pointer.write(0, bytes, at, count);
      int done = 0;
      while (done < count) {
        long result = Libc.call(SystemCall.WRITE, descriptor, address + done, count - done);
        if (result != -Errno.EINTR) {
          done += (int) Libc.check(result, "write");
        }
      }
      at += count;
    }
  }

  @Override
  public void close() {
    Native.free(address);
  }
}
