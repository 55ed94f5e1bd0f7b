package dev.slipway.inspect.start;

import dev.slipway.inspect.start.ImageFiles.Found;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** What {@code java} runs: the archive, the main class, and the classes that this one names. */
final class JavaApplication {
  private static final int MOST_TOLD = 3;

  private final Inspection inspection;
  private final ImageFiles files;
  private final ProgramLookup lookup;
  private final String what;

  /**
   * @param what names the instruction in messages
   */
  JavaApplication(Inspection inspection, ProgramLookup lookup, String what) {
    this.inspection = inspection;
    this.files = inspection.programs();
    this.lookup = lookup;
    this.what = what;
  }

  /**
   * Tells what is missing of it.
   *
   * @param launcher the file that {@code java} is
   */
  void check(JavaCommand command, Found launcher) {
    for (String agent : command.agents()) {
      if (!inspection.isOfAVolume(agent)) {
        lookup.content(agent, "-javaagent of " + what + " names \"" + agent + "\"");
      }
    }
    if (!command.agents().isEmpty()
        && beside(launcher, "libjava.so").isPresent()
        && beside(launcher, "libinstrument.so").isEmpty()) {
      inspection.certain(
          "-javaagent of " + what + " needs libinstrument.so, which the runtime lacks",
          "add java.instrument to jlink --add-modules");
    }
    if (command.classPath().stream().anyMatch(inspection::isOfAVolume)) {
      return;
    }
    String main = command.main();
    if (command.archive() != null) {
      if (files.isDirectory(command.archive())) {
        inspection.certain(
            what + " runs \"" + command.archive() + "\", which is a directory",
            "name the archive in it, or the classes with -cp");
        return;
      }
      Optional<Found> archive =
          lookup.content(command.archive(), what + " runs \"" + command.archive() + "\"");
      main = archive.isEmpty() ? null : mainOf(archive.get(), command.archive());
    }
    JavaClassPath path = main == null ? null : new JavaClassPath(files, command.classPath());
    if (main == null || path == null || !path.isKnown()) {
      return;
    }
    JavaModules modules = beside(launcher, "modules").map(JavaModules::new).orElse(null);
    if (modules != null && inspection.libraries().isAtHand(modules.file())) {
      check(main, path, modules);
    }
  }

  private Optional<Found> beside(Found launcher, String library) {
    return inspection.libraries().file(launcher.path().parent() + "/../lib/" + library);
  }

  private @Nullable String mainOf(Found archive, String name) {
    if (!files.isAtHand(archive.file()) || !files.identity().mayRead(archive.file().metadata())) {
      return null;
    }
    ZipDirectory members = ZipDirectory.read(archive.file());
    if (members == null) {
      inspection.certain("\"" + name + "\" is no whole archive of Java's", "copy it again");
      return null;
    }
    if (!members.isKnown()) {
      return null;
    }
    Manifest manifest = JavaClassPath.manifest(members);
    String main =
        manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    if (main == null) {
      inspection.certain(
          "\"" + name + "\" names no Main-Class in its manifest: java -jar does not run it",
          "build it with a Main-Class, or start it with -cp " + name + " and the class");
      return null;
    }
    return main.strip();
  }

  private void check(String main, JavaClassPath path, JavaModules modules) {
    byte[] file = path.find(main.replace('.', '/'));
    if (file == null) {
      if (!modules.mayHave(packageOf(main.replace('.', '/')))) {
        tellMissing(main, path);
      }
      return;
    }
    ClassReferences references = ClassReferences.read(file);
    if (references == null) {
      return;
    }
    String name = references.name().replace('/', '.');
    if (!name.equals(main)) {
      inspection.certain(
          "what is found as class " + main + " is class " + name,
          "name it so, and the directory in which its package begins as the class path");
      return;
    }
    Set<String> parents = missing(references.parents(), path, modules);
    if (!parents.isEmpty()) {
      inspection.certain(
          "class " + main + " cannot be loaded: there is no " + String.join(", ", parents),
          advice(parents, path));
      return;
    }
    List<String> others = new ArrayList<>(missing(references.all(), path, modules));
    if (!others.isEmpty()) {
      inspection.possible(
          "class "
              + main
              + " names classes that are nowhere: "
              + String.join(", ", others.subList(0, Math.min(others.size(), MOST_TOLD)))
              + (others.size() > MOST_TOLD ? ", …" : ""),
          List.of(),
          advice(Set.copyOf(others), path));
    }
  }

  private void tellMissing(String main, JavaClassPath path) {
    List<String> repair = new ArrayList<>();
    for (String each : path.missing()) {
      String place = files.absolute(each).toString();
      inspection
          .repairs()
          .find(place, null)
          .ifPresentOrElse(
              copy -> repair.addAll(CopyLines.of(copy, place).lines()),
              () -> repair.addAll(inspection.repairs().directory(List.of(place))));
    }
    String alike = path.alike(main.replace('.', '/'));
    String advice =
        alike == null ? "copy what has it, or name the right class path" : "there is " + alike;
    inspection
        .findings()
        .add(
            new StartFinding(
                true,
                "java finds no class " + main + nowhere(path),
                repair,
                repair.isEmpty() ? advice : null));
  }

  private static String nowhere(JavaClassPath path) {
    return path.missing().isEmpty()
        ? ""
        : ": of its class path the image lacks " + String.join(", ", path.missing());
  }

  private static String advice(Set<String> classes, JavaClassPath path) {
    return classes.stream().anyMatch(name -> name.startsWith("java."))
        ? "the runtime lacks their module: jdeps --print-module-deps tells what jlink --add-modules"
            + " has to name"
        : path.missing().isEmpty()
            ? "put the archive that has them on the class path"
            : "of its class path the image lacks " + String.join(", ", path.missing());
  }

  private static String packageOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/'))).replace('/', '.');
  }

  /** With dots. */
  private static Set<String> missing(List<String> names, JavaClassPath path, JavaModules modules) {
    Set<String> missing = new LinkedHashSet<>();
    for (String name : names) {
      boolean nowhere =
          name.startsWith("java/")
              ? !modules.mayHave(packageOf(name))
              : path.find(name) == null && !modules.mayHave(packageOf(name));
      if (nowhere) {
        missing.add(name.replace('/', '.'));
      }
    }
    return missing;
  }
}
