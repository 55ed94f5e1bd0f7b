package dev.slipway.inspect.start;

import dev.slipway.inspect.start.ImageFiles.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Modules and native agents that {@code java} is told to load before the application. */
final class JavaOptions {
  private static final Set<String> MODULE_PATH =
      Set.of("-p", "--module-path", "--upgrade-module-path");
  private static final Set<String> MODULE = Set.of("-m", "--module");
  private static final String ADD_MODULES = "--add-modules";
  private static final String AGENT_PATH = "-agentpath:";
  private static final String AGENT_LIBRARY = "-agentlib:";

  /** Where the virtual machine looks beside its own directory and LD_LIBRARY_PATH. */
  private static final List<String> LIBRARIES =
      List.of("/usr/java/packages/lib", "/usr/lib64", "/lib64", "/lib", "/usr/lib");

  private final Inspection inspection;
  private final ProgramLookup lookup;
  private final String home;
  private final String what;
  private final List<String> modules = new ArrayList<>();
  private boolean hasModulePath;

  /**
   * @param launcher the file that {@code java} is
   * @param what names the instruction in messages
   */
  JavaOptions(Inspection inspection, ProgramLookup lookup, Found launcher, String what) {
    this.inspection = inspection;
    this.lookup = lookup;
    this.home = launcher.path().parent() + "/../lib/";
    this.what = what;
  }

  /**
   * Tells what is missing of them.
   *
   * @param words the launcher's arguments, those that variables add among them
   */
  void check(List<String> words) {
    for (int at = 0; at < words.size() && words.get(at).startsWith("-"); at++) {
      String word = words.get(at);
      int equals = word.indexOf('=');
      boolean ownWord = equals < 0 && takesWord(word);
      String option = equals > 0 && word.startsWith("--") ? word.substring(0, equals) : word;
      String value =
          ownWord ? (++at < words.size() ? words.get(at) : "") : word.substring(equals + 1);
      if (MODULE_PATH.contains(option)) {
        hasModulePath = true;
      } else if (option.equals(ADD_MODULES)) {
        modules.addAll(List.of(value.split(",", -1)));
      } else if (MODULE.contains(option)) {
        modules.add(value.replaceFirst("/.*", ""));
        break;
      } else if (word.startsWith(AGENT_PATH)) {
        checkAgent(word.substring(AGENT_PATH.length()).replaceFirst("=.*", ""));
      } else if (word.startsWith(AGENT_LIBRARY)) {
        checkAgentLibrary(word.substring(AGENT_LIBRARY.length()).replaceFirst("=.*", ""));
      } else if (word.equals("-jar")) {
        break;
      }
    }
    if (!hasModulePath && !modules.isEmpty()) {
      inspection.libraries().file(home + "modules").ifPresent(this::checkModules);
    }
  }

  private static boolean takesWord(String option) {
    return MODULE_PATH.contains(option)
        || MODULE.contains(option)
        || JavaCommand.takesWord(option)
        || option.equals("-jar");
  }

  private void checkModules(Found file) {
    JavaModules runtime = new JavaModules(file);
    if (!inspection.libraries().isAtHand(file.file())) {
      return;
    }
    for (String module : modules) {
      if (!module.isEmpty() && !module.startsWith("ALL-") && !runtime.mayHaveModule(module)) {
        inspection.certain(
            what + " needs module " + module + " of Java, which the runtime lacks",
            "add it to jlink --add-modules, or name the directory that has it with --module-path");
      }
    }
  }

  private void checkAgent(String path) {
    if (!inspection.isOfAVolume(path)) {
      lookup.content(path, AGENT_PATH.replace(":", "") + " of " + what + " names \"" + path + "\"");
    }
  }

  private void checkAgentLibrary(String name) {
    String file = "lib" + name + ".so";
    List<String> places = new ArrayList<>(LIBRARIES);
    String path = inspection.libraryPath();
    places.addAll(List.of(path == null ? new String[0] : path.split(":", -1)));
    places.add(home);
    // Without it there is no runtime here, or one that is told of elsewhere.
    if (inspection.libraries().file(home + "libjava.so").isEmpty()
        || places.stream()
            .anyMatch(
                place ->
                    inspection.isOfAVolume(place)
                        || inspection.libraries().file(place + "/" + file).isPresent())) {
      return;
    }
    inspection.certain(
        "-agentlib of " + what + " needs " + file + ", which the runtime lacks", advice(name));
  }

  private static @Nullable String advice(String name) {
    return name.equals("jdwp") ? "add jdk.jdwp.agent to jlink --add-modules" : null;
  }
}
