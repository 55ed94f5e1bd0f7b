/**
 * The command line, the environment, the terminal and the clock come in; a build request goes to
 * {@code dev.slipway}, and text and an exit code go out. It is the only place that reads the
 * surroundings, and it knows nothing of how an image is built.
 */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
