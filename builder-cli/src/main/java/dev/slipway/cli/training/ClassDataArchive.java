package dev.slipway.cli.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The program that the launcher starts once for each build of the JVM and each jar. An archive that
 * cannot be made is an empty file: everything works without one, only slower.
 */
public final class ClassDataArchive {
  private ClassDataArchive() {}

  /**
   * @param words the file to make, then options of the JVMs that will use it, of which a collector
   *     must be the one that the archive is made with
   */
  public static void main(String[] words) throws IOException, InterruptedException {
    Path archive = Path.of(words[0]).toAbsolutePath();
    List<String> options = List.of(words).subList(1, words.length);
    Path folder = archive.resolveSibling("");
    Path work = Files.createTempDirectory(folder, "making");
    try {
      Path made = work.resolve("archive");
      if (!make(made, options, work)) {
        Files.write(made, new byte[0]);
      }
      // another start may have been as quick: both archives are good
      Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(work);
    }
  }

  private static boolean make(Path archive, List<String> options, Path work)
      throws IOException, InterruptedException {
    Path jar = Path.of(System.getProperty("java.class.path", "")).toAbsolutePath();
    Jvm jvm = new Jvm(Path.of(System.getProperty("java.home", ""), "bin", "java"), jar, options);
    List<String> classes = new ArrayList<>();
    for (Path list : new TrainingBuilds(jvm, work).record()) {
      for (String line : Files.readAllLines(list)) {
        classes.add(withoutNumber(line));
      }
    }
    classes.addAll(ownClasses(jar));
    Path list = Files.write(work.resolve("classes"), classes);
    return jvm.dump(list, archive, work.resolve("log")) && Files.exists(archive);
  }

  /** Later JVMs number the classes of a list, and take no number twice. */
  private static String withoutNumber(String line) {
    int number = line.indexOf(" id: ");
    return number < 0 ? line : line.substring(0, number);
  }

  /** One class outside the archive makes a build open the jar, 20 ms: all of ours are in it. */
  private static List<String> ownClasses(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith("dev/slipway/") && name.endsWith(".class"))
          .filter(name -> !name.endsWith("package-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              each -> {
                try {
                  Files.deleteIfExists(each);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
