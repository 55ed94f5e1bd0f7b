/**
 * The account of an image comes in, text for people goes out; and the limits that an image has to
 * keep to, from the command line. It reads no image itself.
 */
@NullMarked
package dev.slipway.cli.analyze;

import org.jspecify.annotations.NullMarked;
