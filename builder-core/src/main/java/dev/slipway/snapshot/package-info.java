/**
 * The state of a stage: a stack of layers, each in whichever of its three forms (tree, directory,
 * blob) exist, and how one form is made of another. Layers come in from images and steps; trees,
 * directories and blobs go out on demand. It does not know what a step is or why a form is wanted.
 */
@NullMarked
package dev.slipway.snapshot;

import org.jspecify.annotations.NullMarked;
