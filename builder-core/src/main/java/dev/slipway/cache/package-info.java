/**
 * Whether a step must run: keys of what a step reads come in, records of earlier results go out,
 * from this machine's store or from caches of others behind a port, of which it knows the form. It
 * must not know what a Dockerfile is, how a step is run, or what a registry is.
 */
@NullMarked
package dev.slipway.cache;

import org.jspecify.annotations.NullMarked;
