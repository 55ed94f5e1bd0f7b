/**
 * Whether a step must run: keys of what a step reads come in, records of earlier results go out,
 * from this machine's store or a shared cache behind a port. It must not know what a Dockerfile is,
 * how a step is run, or what a registry is.
 */
@NullMarked
package dev.slipway.cache;

import org.jspecify.annotations.NullMarked;
