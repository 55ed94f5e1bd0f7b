package dev.slipway.inspect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes the smallest ELF files that a loader has something to do with. */
public final class TinyElf {
  private static final int HEADER = 64;
  private static final int SEGMENT = 56;

  private final int machine;
  private String interpreter = "";
  private final List<long[]> dynamic = new ArrayList<>();
  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();

  public TinyElf(int machine) {
    this.machine = machine;
    strings.write(0);
  }

  public TinyElf interpreter(String path) {
    this.interpreter = path;
    return this;
  }

  public TinyElf needed(String library) {
    dynamic.add(new long[] {1, string(library)});
    return this;
  }

  public TinyElf soname(String name) {
    dynamic.add(new long[] {14, string(name)});
    return this;
  }

  public TinyElf runpath(String path) {
    dynamic.add(new long[] {29, string(path)});
    return this;
  }

  /** Something that the program has in it. */
  public TinyElf constant(String text) {
    string(text);
    return this;
  }

  private long string(String text) {
    int at = strings.size();
    strings.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    strings.write(0);
    return at;
  }

  /** The file; what is at its start is also at address 0. */
  public byte[] bytes() {
    int segments = HEADER;
    int path = segments + 3 * SEGMENT;
    byte[] name = (interpreter + "\0").getBytes(StandardCharsets.UTF_8);
    int table = path + name.length + 8 - (path + name.length) % 8;
    int entries = dynamic.size() + 3;
    int text = table + entries * 16;
    ByteBuffer out = ByteBuffer.allocate(text + strings.size()).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    out.putShort(16, (short) 3).putShort(18, (short) machine).putInt(20, 1);
    out.putLong(24, 0x100).putLong(32, segments);
    boolean program = !interpreter.isEmpty();
    out.putShort(52, (short) HEADER).putShort(54, (short) SEGMENT).putShort(56, (short) 3);
    segment(out, segments, 1, 0, out.capacity());
    segment(out, segments + SEGMENT, 2, table, entries * 16);
    segment(out, segments + 2 * SEGMENT, program ? 3 : 0, path, name.length);
    out.position(path);
    out.put(name);
    out.position(table);
    for (long[] entry : dynamic) {
      out.putLong(entry[0]).putLong(entry[1]);
    }
    out.putLong(5).putLong(text).putLong(10).putLong(strings.size()).putLong(0).putLong(0);
    out.position(text);
    out.put(strings.toByteArray());
    return out.array();
  }

  private static void segment(ByteBuffer out, int at, int type, long offset, long size) {
    out.putInt(at, type)
        .putInt(at + 4, 4)
        .putLong(at + 8, offset)
        .putLong(at + 16, offset)
        .putLong(at + 32, size);
  }
}
