package dev.slipway.context;

import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A context of a few files on disk. */
abstract class DirectoryContextFixture {
  @TempDir Path temp;
  Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(temp.resolve("context"));
  }

  Path write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  BuildContext context(String... ignore) {
    byte[] lines = String.join("\n", ignore).getBytes(StandardCharsets.UTF_8);
    return BuildContext.directory(root, IgnoreFile.parse(lines, ".dockerignore"), FileDigests.NONE);
  }

  static List<String> paths(FileTree tree) {
    List<String> paths = new ArrayList<>();
    tree.forEach((path, entry) -> paths.add(path.toString()));
    paths.remove(0);
    return paths;
  }

  List<String> scanned(String... sources) {
    return paths(context().treeFor(List.of(sources)));
  }

  static String text(Entry entry) throws IOException {
    try (InputStream in = ((RegularFile) entry).content().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static FileTree wholeTree(BuildContext context) {
    return context.treeFor(List.of("."));
  }
}
