/**
 * The options of {@code slipway build} come in, in docker's notation; a {@code BuildRequest} and
 * the settings of its builder go out. It reads no surroundings of its own and starts nothing.
 */
@NullMarked
package dev.slipway.cli.build;

import org.jspecify.annotations.NullMarked;
