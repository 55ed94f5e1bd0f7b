package dev.slipway.inspect.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code java} is told to run.
 *
 * @param archive of {@code -jar}, or null
 * @param main the class; null where it is the archive's
 * @param classPath directories and archives, as written; the archive alone where there is one
 * @param agents the archives of {@code -javaagent}
 */
record JavaCommand(
    @Nullable String archive, @Nullable String main, List<String> classPath, List<String> agents) {
  private static final Set<String> VALUED =
      Set.of(
          "-p",
          "--module-path",
          "--upgrade-module-path",
          "--add-modules",
          "--limit-modules",
          "--add-exports",
          "--add-opens",
          "--add-reads",
          "--enable-native-access");

  private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");

  private static final Set<String> OTHERWISE = Set.of("-m", "--module", "-d", "-h", "-?", "-X");

  /** These end it, or classes may come from elsewhere, too. */
  private static final List<String> OTHERWISE_BEGINS =
      List.of(
          "@",
          "--module=",
          "--source",
          "-version",
          "--version",
          "-fullversion",
          "--full-version",
          "--help",
          "-Xbootclasspath",
          "--describe-module",
          "--list-modules",
          "--validate-modules",
          "--patch-module",
          "-Djava.system.class.loader",
          "-Djava.class.path");

  JavaCommand {
    classPath = List.copyOf(classPath);
    agents = List.copyOf(agents);
  }

  /**
   * Null where the command is another one, or what is run is not plain to see.
   *
   * @param variables of the environment; null for one that is not set
   */
  static @Nullable JavaCommand of(
      List<String> command, Function<String, @Nullable String> variables) {
    if (!isJava(command)) {
      return null;
    }
    List<String> words = words(command, variables);
    String paths = variables.apply("CLASSPATH");
    List<String> agents = new ArrayList<>();
    for (int at = 0; at < words.size(); at++) {
      String word = words.get(at);
      String next = at + 1 < words.size() ? words.get(at + 1) : "";
      if (word.equals("-jar")) {
        return next.isEmpty() || next.startsWith("-") || next.startsWith("@")
            ? null
            : new JavaCommand(next, null, List.of(next), agents);
      } else if (CLASS_PATH.contains(word)) {
        paths = next;
        at++;
      } else if (word.startsWith("--class-path=")) {
        paths = word.substring("--class-path=".length());
      } else if (word.startsWith("-javaagent:")) {
        agents.add(word.substring("-javaagent:".length()).replaceFirst("=.*", ""));
      } else if (VALUED.contains(word)) {
        at++;
      } else if (isOtherwise(word)) {
        return null;
      } else if (!word.startsWith("-")) {
        return word.endsWith(".java")
            ? null
            : new JavaCommand(
                null,
                word.replace('/', '.'),
                List.of((paths == null || paths.isEmpty() ? "." : paths).split(":", -1)),
                agents);
      }
    }
    return null;
  }

  static boolean isJava(List<String> command) {
    return command.get(0).substring(command.get(0).lastIndexOf('/') + 1).equals("java");
  }

  /** All that the launcher is told, by variables first. */
  static List<String> words(List<String> command, Function<String, @Nullable String> variables) {
    List<String> words = new ArrayList<>();
    for (String each : new String[] {"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"}) {
      String options = variables.apply(each);
      if (options != null && !options.isBlank()) {
        words.addAll(List.of(options.strip().split("\\s+")));
      }
    }
    words.addAll(command.subList(1, command.size()));
    return words;
  }

  /** Whether the value of the option is the next word. */
  static boolean takesWord(String option) {
    return VALUED.contains(option) || CLASS_PATH.contains(option);
  }

  private static boolean isOtherwise(String word) {
    return OTHERWISE.contains(word) || OTHERWISE_BEGINS.stream().anyMatch(word::startsWith);
  }
}
