package dev.slipway.inspect.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A script of {@code package.json} that {@code npm run} and its kin start by a shell.
 *
 * @param line what the shell is told
 * @param directory in which
 */
record PackageScript(String line, TreePath directory) {
  private static final Set<String> MANAGERS = Set.of("npm", "yarn", "pnpm");
  private static final int MAX_FILE = 1 << 20;
  private static final String FILE = "package.json";

  /** The name of the script; null for another command, or one that is not plain to see. */
  static @Nullable String name(List<String> command) {
    String manager = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
    if (!MANAGERS.contains(manager) || command.size() < 2) {
      return null;
    }
    String word = command.get(1);
    boolean runs = word.equals("run") || word.equals("run-script");
    if (runs && command.size() > 2 && !command.get(2).startsWith("-")) {
      return command.get(2);
    }
    return word.equals("start") && (command.size() == 2 || command.get(2).equals("--"))
        ? word
        : null;
  }

  /** Tells if there is none, and returns it if it is plain to see. */
  static @Nullable PackageScript find(Inspection inspection, String manager, String name) {
    ImageFiles files = inspection.programs();
    TreePath directory = files.absolute(".");
    Found found = files.file(directory + "/" + FILE).orElse(null);
    // From a directory without, npm goes up to one that has it, or node_modules.
    while (found == null && !directory.isRoot()) {
      directory = directory.parent();
      found = files.file(directory + "/" + FILE).orElse(null);
    }
    if (found == null) {
      inspection.certain(
          "\"" + manager + "\" finds no package.json in \"" + files.absolute(".") + "\"",
          "copy it there, or set WORKDIR to where it is");
      return null;
    }
    JsonNode scripts = files.isAtHand(found.file()) ? scripts(found) : null;
    if (scripts == null) {
      return null;
    }
    if (scripts.path(name).isTextual()) {
      // Another script before it may make anything; without node_modules yarn knows other places.
      return scripts.has("pre" + name) || files.entry(directory + "/.pnp.cjs") != null
          ? null
          : new PackageScript(scripts.path(name).asText(), directory);
    }
    boolean server = name.equals("start") && files.file(directory + "/server.js").isPresent();
    if (!server) {
      inspection.certain(
          "\"" + manager + "\" finds no script \"" + name + "\" in \"" + found.path() + "\"", null);
    }
    return null;
  }

  /** Null for what is none that can be read. */
  private static @Nullable JsonNode scripts(Found file) {
    try {
      return new ObjectMapper().readTree(ImageFiles.start(file.file(), MAX_FILE)).path("scripts");
    } catch (IOException e) {
      return null;
    }
  }
}
