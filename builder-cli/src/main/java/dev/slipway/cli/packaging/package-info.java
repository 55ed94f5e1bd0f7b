/**
 * What is done to the jar of the program when it is packaged, so that it starts sooner. Takes the
 * jar, changes it where it lies. A build does not know of it.
 */
@NullMarked
package dev.slipway.cli.packaging;

import org.jspecify.annotations.NullMarked;
