/**
 * What a build reads that no stage made: contexts and the Dockerfile, base images, downloads and
 * checkouts, each opened when it is first wanted. It adapts the ports of {@code resolve} and {@code
 * execute}; it must not know where results go.
 */
@NullMarked
package dev.slipway.session.input;

import org.jspecify.annotations.NullMarked;
