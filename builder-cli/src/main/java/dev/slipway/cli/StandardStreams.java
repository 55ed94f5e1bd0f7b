package dev.slipway.cli;

import dev.slipway.cli.progress.TerminalSize;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * What the program reads and writes beside files.
 *
 * @param out results: digests, tables, an output written to {@code -}
 * @param err progress and errors
 * @param errIsTerminal whether {@code err} is a terminal that understands cursor movement
 * @param terminalSize asks that terminal; may cost a process
 */
record StandardStreams(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Supplier<TerminalSize> terminalSize) {}
