package dev.slipway.it.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The cases, several in a file {@code <group>.cases}. A case begins with {@code === name}; what
 * follows are its parts, each a line {@code --- word} and the lines below it:
 *
 * <ul>
 *   <li>{@code --- setup}: a shell script, run in the context
 *   <li>{@code --- change}: a shell script that changes the context; the case is built before and
 *       after it, and the second image is compared with what it has of the first
 *   <li>{@code --- options}: words of the command line, one a line
 *   <li>{@code --- context}: what to build instead of the directory
 *   <li>{@code --- note BUILDER}: why that builder's result differs
 *   <li>{@code --- PATH}: a file of the context; with {@code (no newline)} behind, it lacks the
 *       last one
 * </ul>
 */
final class Corpus {
  private static final String CASE = "=== ";
  private static final String PART = "--- ";

  private final List<Case> cases = new ArrayList<>();

  private Corpus() {}

  static List<Case> read(Path directory) throws IOException {
    Corpus corpus = new Corpus();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(p -> p.toString().endsWith(".cases")).sorted().toList()) {
        corpus.readGroup(file);
      }
    }
    return corpus.cases;
  }

  private void readGroup(Path file) throws IOException {
    String group = file.getFileName().toString().replace(".cases", "");
    String name = null;
    Map<String, StringBuilder> parts = new LinkedHashMap<>();
    StringBuilder part = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(CASE)) {
        add(group, name, parts);
        name = line.substring(CASE.length()).trim();
        parts = new LinkedHashMap<>();
        part = new StringBuilder();
      } else if (line.startsWith(PART)) {
        part = new StringBuilder();
        parts.put(line.substring(PART.length()).trim(), part);
      } else {
        part.append(line).append('\n');
      }
    }
    add(group, name, parts);
  }

  private void add(String group, String name, Map<String, StringBuilder> parts) {
    if (name == null) {
      return;
    }
    Map<String, String> files = new LinkedHashMap<>();
    Map<String, String> notes = new LinkedHashMap<>();
    String setup = "";
    String change = "";
    String context = "";
    List<String> options = List.of();
    for (Map.Entry<String, StringBuilder> part : parts.entrySet()) {
      String key = part.getKey();
      // A blank line before the next part or case is for the eye.
      String text = part.getValue().toString().replaceFirst("\n\n+$", "\n");
      if (key.equals("setup")) {
        setup = text;
      } else if (key.equals("change")) {
        change = text;
      } else if (key.equals("context")) {
        context = text.strip();
      } else if (key.equals("options")) {
        options = text.lines().filter(line -> !line.isEmpty()).toList();
      } else if (key.startsWith("note ")) {
        notes.put(key.substring(5), text.trim().replace('\n', ' '));
      } else if (key.endsWith("(no newline)")) {
        files.put(key.replace("(no newline)", "").trim(), text.substring(0, text.length() - 1));
      } else {
        files.put(key, text);
      }
    }
    cases.add(new Case(group + "/" + name, files, setup, change, options, context, notes));
  }
}
