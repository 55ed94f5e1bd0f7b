package dev.slipway.cli.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program that the launcher starts once for each build of the JVM and each jar. A JVM reads all
 * of an archive before it starts, so that there are several: for builds; for those that push, with
 * the classes of TLS, a quarter more; and for workers, which need a third of the others. One that
 * cannot be made is an empty file: everything works without, only slower.
 */
public final class ClassDataArchive {
  private ClassDataArchive() {}

  /**
   * @param words the path of the archives without their endings, which are the launcher's; then
   *     options of the JVMs that will use them, of which a collector must be the one that they are
   *     made with
   */
  public static void main(String[] words) throws IOException, InterruptedException {
    Path archives = Path.of(words[0]).toAbsolutePath();
    String name = archives.getFileName().toString();
    Path jar = Path.of(System.getProperty("java.class.path", "")).toAbsolutePath();
    Path java = Path.of(System.getProperty("java.home", ""), "bin", "java");
    Jvm jvm = new Jvm(java, jar, List.of(words).subList(1, words.length));
    Path work = Files.createTempDirectory(archives.resolveSibling(""), "making");
    try {
      TrainingBuilds.Lists lists = new TrainingBuilds(jvm, work).record();
      OwnClasses own = OwnClasses.in(jar);
      make(
          jvm, lists.worker(), own.ofWorker(), archives.resolveSibling(name + "-worker.jsa"), work);
      List<Path> push = new ArrayList<>(lists.builder());
      push.addAll(lists.push());
      make(jvm, push, own.ofBuilder(), archives.resolveSibling(name + "-push.jsa"), work);
      // The last: the launcher looks whether it is there.
      make(jvm, lists.builder(), own.ofBuilder(), archives.resolveSibling(name + ".jsa"), work);
    } finally {
      delete(work);
    }
  }

  private static void make(Jvm jvm, List<Path> lists, List<String> own, Path archive, Path work)
      throws IOException, InterruptedException {
    List<String> classes = new ArrayList<>();
    for (Path list : lists) {
      for (String line : Files.readAllLines(list)) {
        classes.add(withoutNumber(line));
      }
    }
    classes.addAll(own);
    Path list = Files.write(work.resolve("classes"), classes);
    Path made = work.resolve("archive");
    if (!jvm.dump(list, made, work.resolve("log")) || !Files.exists(made)) {
      Files.write(made, new byte[0]);
    }
    // another start may have been as quick: both archives are good
    Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Later JVMs number the classes of a list, and take no number twice. */
  private static String withoutNumber(String line) {
    int number = line.indexOf(" id: ");
    return number < 0 ? line : line.substring(0, number);
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
