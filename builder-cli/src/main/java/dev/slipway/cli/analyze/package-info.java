/**
 * The account of an image comes in, text for people goes out. It reads no image itself, and knows
 * nothing of the command line.
 */
@NullMarked
package dev.slipway.cli.analyze;

import org.jspecify.annotations.NullMarked;
