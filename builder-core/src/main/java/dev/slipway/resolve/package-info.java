/**
 * A Dockerfile and what the user asks of it become a plan: variables replaced, bases looked up,
 * stages that the target does not need left out. It does not know where images come from (the port
 * {@link dev.slipway.resolve.BaseImages}) and touches no file.
 */
@NullMarked
package dev.slipway.resolve;

import org.jspecify.annotations.NullMarked;
