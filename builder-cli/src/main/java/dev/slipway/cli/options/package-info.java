/**
 * An argument list and a table of options come in; values by option name and the operands go out.
 * It follows the rules of docker's own command line and knows no command.
 */
@NullMarked
package dev.slipway.cli.options;

import org.jspecify.annotations.NullMarked;
