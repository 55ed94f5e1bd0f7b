package dev.slipway.jmh;

import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Files as a layer of sources and programs has them: the same at every run. */
final class Files {
  private static final int PER_DIRECTORY = 50;
  private static final String[] WORDS = {
    "return", "static", "int", "value", "for (", "if (", "buffer", " = ", ");\n", "length", "0x"
  };

  private Files() {}

  /**
   * @param size of each file in bytes
   */
  static ChangeSet of(String top, int count, int size) {
    Random random = new Random(7);
    List<Change> changes = new ArrayList<>();
    Metadata metadata = Metadata.of(0644, 1_700_000_000);
    for (int i = 0; i < count; i++) {
      if (i % PER_DIRECTORY == 0) {
        changes.add(
            new Change.Put(
                TreePath.of(directory(top, i)),
                new Directory(Metadata.of(0755, 1_700_000_000), Origin.NONE)));
      }
      changes.add(
          new Change.Put(
              TreePath.of(directory(top, i) + "/file" + i + ".c"),
              new RegularFile(metadata, Origin.NONE, new BytesContent(text(random, size)))));
    }
    return ChangeSet.of(changes);
  }

  private static String directory(String top, int file) {
    return top + "/d" + file / PER_DIRECTORY;
  }

  private static byte[] text(Random random, int size) {
    StringBuilder text = new StringBuilder(size + 16);
    while (text.length() < size) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(5000));
    }
    return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
  }
}
