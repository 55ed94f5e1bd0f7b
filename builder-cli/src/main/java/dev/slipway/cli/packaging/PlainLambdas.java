package dev.slipway.cli.packaging;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The program that gives each lambda of Slipway's classes in a jar a class of its own. The JVM
 * would make that class and link it when the lambda is first come by, even out of a class-data
 * archive a third of a millisecond each, where to load a class takes a tenth of that.
 */
public final class PlainLambdas {
  private static final String CLASS = ".class";

  private PlainLambdas() {}

  /**
   * @param words the jar, which is changed
   */
  public static void main(String[] words) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(words[0]))) {
      rewrite(jar.getPath("dev/slipway"));
    }
  }

  private static void rewrite(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(each -> each.toString().endsWith(CLASS)).sorted().toList();
    }
    Map<String, byte[]> classes = new TreeMap<>();
    for (Path file : files) {
      String path = file.toString();
      classes.put(path.substring(0, path.length() - CLASS.length()), Files.readAllBytes(file));
    }
    FileTime time = Files.getLastModifiedTime(files.get(0));
    for (Map.Entry<String, byte[]> changed : LambdaRewriting.of(classes).entrySet()) {
      Path file = folder.getFileSystem().getPath(changed.getKey() + CLASS);
      Files.write(file, changed.getValue());
      Files.setLastModifiedTime(file, time);
    }
  }
}
