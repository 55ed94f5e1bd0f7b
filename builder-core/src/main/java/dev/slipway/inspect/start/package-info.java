/**
 * The start check: comes in the tree and the configuration of an image, and the trees of the stages
 * that its files came from; goes out what keeps its program from starting, with the lines that
 * repair it, and which base is the smallest that starts it. Nothing is executed; it knows nothing
 * of Dockerfiles or builds.
 */
@NullMarked
package dev.slipway.inspect.start;

import org.jspecify.annotations.NullMarked;
