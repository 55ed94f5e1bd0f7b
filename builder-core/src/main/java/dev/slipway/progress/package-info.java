/**
 * What a build tells while it runs, to people and machines, and how it is told to stop. Events go
 * out to a listener; a cancellation comes in. It knows nothing of what is built.
 */
@NullMarked
package dev.slipway.progress;

import org.jspecify.annotations.NullMarked;
