package dev.slipway.inspect.start;

import dev.slipway.inspect.start.ImageFiles.Found;
import java.util.List;

/** What runtimes of languages cannot do without, and what they are told to run. */
final class LanguageCheck {
  private LanguageCheck() {}

  /**
   * Tells what is missing, where the command is of such a runtime.
   *
   * @param program what it starts
   * @param what names the instruction in messages
   */
  static void check(
      Inspection inspection,
      ProgramLookup lookup,
      List<String> command,
      Found program,
      String what) {
    if (PythonLibrary.check(
        inspection, program, command.get(0), command.subList(1, command.size()))) {
      PythonModule.check(inspection, command);
    }
    if (JavaCommand.isJava(command)) {
      new JavaOptions(inspection, lookup, program, what)
          .check(JavaCommand.words(command, inspection.container()::envValue));
    }
    JavaCommand java = JavaCommand.of(command, inspection.container()::envValue);
    if (java != null) {
      new JavaApplication(inspection, lookup, what).check(java, program);
    }
    NodeCommand node = NodeCommand.of(command, inspection.container().envValue("NODE_OPTIONS"));
    if (node != null) {
      new NodeApplication(inspection, lookup, what).check(node);
    }
    String file = InterpretedFile.of(command);
    if (file != null && !inspection.isOfAVolume(file)) {
      lookup.content(file, what + " runs \"" + file + "\"");
    }
  }
}
