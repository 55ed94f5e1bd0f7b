package dev.slipway.inspect.start;

import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.tree.Directory;
import java.util.List;

/** Whether what {@code node} is told to run is there, by any of the names it tries. */
final class NodeApplication {
  private static final List<String> ENDINGS =
      List.of(
          "", ".js", ".json", ".node", "/package.json", "/index.js", "/index.json", "/index.node");

  private final Inspection inspection;
  private final ProgramLookup lookup;
  private final String what;

  /**
   * @param what names the instruction in messages
   */
  NodeApplication(Inspection inspection, ProgramLookup lookup, String what) {
    this.inspection = inspection;
    this.lookup = lookup;
    this.what = what;
  }

  void check(NodeCommand command) {
    for (String required : command.required()) {
      check(required, "--require of " + what + " names \"" + required + "\"");
    }
    if (command.main() != null) {
      check(command.main(), what + " runs \"" + command.main() + "\"");
    }
  }

  private void check(String name, String problem) {
    ImageFiles files = inspection.programs();
    if (inspection.isOfAVolume(name)) {
      return;
    }
    for (String ending : ENDINGS) {
      Found found = files.file(name + ending).orElse(null);
      if (found != null && files.identity().mayRead(found.file().metadata())) {
        return;
      }
    }
    if (files.entry(name) instanceof Directory) {
      inspection.certain(
          problem + ", a directory without index.js and package.json", "name the script in it");
      return;
    }
    lookup.content(name, problem);
  }
}
