/**
 * The account of an image's bytes: comes in an image whose layers can be streamed, each once; goes
 * out what every layer, instruction, directory and file costs, to the byte, and what of it is
 * wasted. It does not know where the image is, or how the account is shown.
 */
@NullMarked
package dev.slipway.inspect.account;

import org.jspecify.annotations.NullMarked;
