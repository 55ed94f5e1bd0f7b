package dev.slipway.cli;

import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.OptionTable;

/** A word after {@code slipway}, and what it does. */
interface Command {
  /** As it is typed, {@code cache prune} for one of two words. */
  String name();

  /** The operands, for the usage line, as {@code CONTEXT}; empty for none. */
  String operands();

  /** What it does, in one line. */
  String summary();

  OptionTable options();

  /**
   * @return an exit code
   * @throws dev.slipway.cli.options.UsageException for a wrong command line
   * @throws dev.slipway.diagnostic.BuildException for what cannot be done
   */
  int run(Arguments arguments, Surroundings surroundings);
}
