package dev.slipway.dockerfile;

import java.util.List;

/** A command line in one of the two forms that RUN, CMD, ENTRYPOINT and HEALTHCHECK take. */
public sealed interface Command {

  /**
   * The shell form: text for the shell that SHELL names.
   *
   * @param text without the instruction's keyword and flags; here-documents are not in it
   */
  record ShellForm(String text) implements Command {}

  /** The exec form: a JSON array; nothing in it is expanded. It may be empty. */
  record ExecForm(List<String> arguments) implements Command {
    public ExecForm {
      arguments = List.copyOf(arguments);
    }
  }
}
