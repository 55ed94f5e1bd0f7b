package dev.slipway.cli.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The classes of Slipway in its jar, as lists of classes name them. One class outside the archive
 * makes a JVM open the jar, 20 ms: all that it may come by are in it.
 *
 * @param ofBuilder those of the process that builds
 * @param ofWorker those of the process that runs steps
 */
record OwnClasses(List<String> ofBuilder, List<String> ofWorker) {
  private static final String WORKER_JAR = "META-INF/slipway/worker.jar";

  static OwnClasses in(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      List<String> all = classes(file.stream());
      Set<String> builder = new LinkedHashSet<>(all);
      builder.removeIf(OwnClasses::isOfStepsOnly);
      Set<String> worker = new LinkedHashSet<>();
      try (ZipInputStream in = new ZipInputStream(file.getInputStream(file.getEntry(WORKER_JAR)))) {
        List<ZipEntry> entries = new ArrayList<>();
        for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
          entries.add(entry);
        }
        worker.addAll(classes(entries.stream()));
      }
      // What lambdas became when the launcher's jar was packaged, too.
      all.stream().filter(name -> worker.contains(outermost(name))).forEach(worker::add);
      return new OwnClasses(List.copyOf(builder), List.copyOf(worker));
    }
  }

  private static List<String> classes(Stream<? extends ZipEntry> entries) {
    return entries
        .map(ZipEntry::getName)
        .filter(name -> name.startsWith("dev/slipway/") && name.endsWith(".class"))
        .filter(name -> !name.endsWith("package-info.class"))
        .map(name -> name.substring(0, name.length() - ".class".length()))
        .toList();
  }

  private static String outermost(String name) {
    int inner = name.indexOf('$');
    return inner < 0 ? name : name.substring(0, inner);
  }

  /** System calls and sandboxes: only a worker's classes may use them. */
  private static boolean isOfStepsOnly(String name) {
    return name.startsWith("dev/slipway/linux/") || name.matches("dev/slipway/sandbox/[a-z]+/.*");
  }
}
