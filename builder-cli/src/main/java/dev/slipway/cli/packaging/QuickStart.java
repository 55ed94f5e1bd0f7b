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
 * The program that takes out of the classes in a jar what costs a young JVM most time: lambdas of
 * Slipway's classes and of JNA, and what JNA and the HTTP client look up when they are loaded.
 */
public final class QuickStart {
  private static final String CLASS = ".class";

  /** Jackson's, which each build loads and asks for whole numbers only. */
  private static final String NUMBERS = "com/fasterxml/jackson/core/io/NumberInput";

  private QuickStart() {}

  /**
   * @param words the jar, which is changed
   */
  public static void main(String[] words) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(words[0]))) {
      Map<String, byte[]> jna = classes(jar.getPath("com/sun/jna"));
      Map<String, byte[]> changed = JnaRewriting.of(jna);
      jna.putAll(changed);
      changed.putAll(LambdaRewriting.of(jna));
      changed.putAll(LambdaRewriting.of(classes(jar.getPath("dev/slipway"))));
      changed.putAll(HttpRewriting.of(classes(jar.getPath("org/apache/http"))));
      Path numbers = jar.getPath(NUMBERS + CLASS);
      changed.put(NUMBERS, PatternRewriting.of(Files.readAllBytes(numbers)));
      write(jar, changed);
    }
  }

  /** The classes in a folder and below, by internal name. */
  private static Map<String, byte[]> classes(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(each -> each.toString().endsWith(CLASS)).toList();
    }
    Map<String, byte[]> classes = new TreeMap<>();
    for (Path file : files) {
      String path = file.toString();
      classes.put(path.substring(0, path.length() - CLASS.length()), Files.readAllBytes(file));
    }
    return classes;
  }

  /** With the time of the manifest, which is that of a reproducible build. */
  private static void write(FileSystem jar, Map<String, byte[]> classes) throws IOException {
    FileTime time = Files.getLastModifiedTime(jar.getPath("META-INF/MANIFEST.MF"));
    for (Map.Entry<String, byte[]> each : classes.entrySet()) {
      Path file = jar.getPath(each.getKey() + CLASS);
      Files.write(file, each.getValue());
      Files.setLastModifiedTime(file, time);
    }
  }
}
