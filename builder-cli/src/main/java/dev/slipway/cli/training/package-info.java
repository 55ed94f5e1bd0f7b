/**
 * Makes the class-data archive that the launcher starts Slipway with. Takes the JVM, the jar and
 * the options of a start; gives a file for each kind of start. The program itself does not know of
 * it: builds are done here as users do them, as processes, and what they load is recorded.
 */
@NullMarked
package dev.slipway.cli.training;

import org.jspecify.annotations.NullMarked;
