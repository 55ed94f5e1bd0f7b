package dev.slipway.inspect.start;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes that a class file names; JVM specification, chapter 4. Names have slashes.
 *
 * @param name its own
 * @param parents its superclass and interfaces, without which it is not loaded
 * @param all these, too
 */
record ClassReferences(String name, List<String> parents, List<String> all) {
  private static final int MAGIC = 0xCAFEBABE;

  /** How many bytes stand behind each kind of constant; of texts and unknown ones -1. */
  private static final int[] SIZES = {
    -1, -1, -1, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, -1, -1, 3, 2, 4, 4, 2, 2
  };

  private static final int TEXT = 1;
  private static final int CLASS = 7;

  /** Null for what is no whole class file. */
  static @Nullable ClassReferences read(byte[] file) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
      return read(in);
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable ClassReferences read(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC) {
      return null;
    }
    in.skipNBytes(4);
    int count = in.readUnsignedShort();
    String[] texts = new String[count];
    int[] classes = new int[count];
    for (int i = 1; i < count; i++) {
      int kind = in.readUnsignedByte();
      if (kind == TEXT) {
        texts[i] = in.readUTF();
      } else if (kind == CLASS) {
        classes[i] = in.readUnsignedShort();
      } else if (kind >= SIZES.length || SIZES[kind] < 0) {
        return null;
      } else {
        in.skipNBytes(SIZES[kind]);
        i += SIZES[kind] == 8 ? 1 : 0;
      }
    }
    in.skipNBytes(2);
    List<String> own = new ArrayList<>();
    add(in.readUnsignedShort(), classes, texts, own);
    List<String> parents = new ArrayList<>();
    int superclass = in.readUnsignedShort();
    add(superclass, classes, texts, parents);
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      add(in.readUnsignedShort(), classes, texts, parents);
    }
    List<String> all = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      add(classes[i] == 0 ? 0 : i, classes, texts, all);
    }
    return own.isEmpty() ? null : new ClassReferences(own.get(0), parents, all);
  }

  /** An array's element is what is loaded for it. */
  private static void add(int index, int[] classes, String[] texts, List<String> names) {
    int text = index < classes.length ? classes[index] : 0;
    String name = text < texts.length ? texts[text] : null;
    if (name == null) {
      return;
    }
    String element = name.replaceFirst("^\\[+", "");
    if (element.length() == name.length()) {
      names.add(name);
    } else if (element.startsWith("L") && element.endsWith(";")) {
      names.add(element.substring(1, element.length() - 1));
    }
  }
}
