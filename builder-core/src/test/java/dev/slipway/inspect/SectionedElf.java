package dev.slipway.inspect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes ELF files that have sections, and nothing else. */
public final class SectionedElf {
  private final boolean wide;
  private final ByteOrder order;
  private final List<Section> sections = new ArrayList<>();
  private final ByteArrayOutputStream names = new ByteArrayOutputStream();

  private record Section(int name, int type, long flags, int link, int size) {}

  /**
   * @param wide whether of 64 bits
   */
  public SectionedElf(boolean wide, ByteOrder order) {
    this.wide = wide;
    this.order = order;
    names.write(0);
    sections.add(new Section(0, 0, 0, 0, 0));
  }

  /**
   * @param link the number of another section, counted from 1 in the order of calls; 0 for none
   */
  public SectionedElf section(String name, int type, long flags, int link, int size) {
    sections.add(new Section(name(name), type, flags, link, size));
    return this;
  }

  private int name(String text) {
    int at = names.size();
    names.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    names.write(0);
    return at;
  }

  /** The file; its last section holds the names. */
  public byte[] bytes() {
    int own = name(".shstrtab");
    List<Section> all = new ArrayList<>(sections);
    all.add(new Section(own, 3, 0, 0, names.size()));
    int header = wide ? 64 : 52;
    int entry = wide ? 64 : 40;
    int content = header + all.size() * entry;
    int size =
        content + all.stream().filter(each -> each.type() != 8).mapToInt(Section::size).sum();
    ByteBuffer out = ByteBuffer.allocate(Math.max(size, 64)).order(order);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1)});
    out.put((byte) (order == ByteOrder.BIG_ENDIAN ? 2 : 1)).put((byte) 1);
    if (wide) {
      out.putLong(40, header);
    } else {
      out.putInt(32, header);
    }
    out.putShort(wide ? 58 : 46, (short) entry);
    out.putShort(wide ? 60 : 48, (short) all.size());
    out.putShort(wide ? 62 : 50, (short) (all.size() - 1));
    int at = content;
    for (int i = 0; i < all.size(); i++) {
      put(out.position(header + i * entry), all.get(i), at);
      at += all.get(i).type() == 8 ? 0 : all.get(i).size();
    }
    return out.put(size - names.size(), names.toByteArray()).array();
  }

  private void put(ByteBuffer out, Section section, int offset) {
    out.putInt(section.name()).putInt(section.type());
    if (wide) {
      out.putLong(section.flags()).putLong(0).putLong(offset).putLong(section.size());
    } else {
      out.putInt((int) section.flags()).putInt(0).putInt(offset).putInt(section.size());
    }
    out.putInt(section.link());
  }
}
