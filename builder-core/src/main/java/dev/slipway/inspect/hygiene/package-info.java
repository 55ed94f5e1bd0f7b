/**
 * What an image should not carry or be: comes in a configuration and the files of its layers; goes
 * out the secrets that are shipped, also those that a later layer only hides, and habits that cost
 * later, as running as root. It reads no file that it is not given, and does not know how an image
 * is built.
 */
@NullMarked
package dev.slipway.inspect.hygiene;

import org.jspecify.annotations.NullMarked;
