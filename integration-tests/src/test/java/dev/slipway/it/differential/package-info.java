/**
 * The same Dockerfiles built by Slipway and by other builders, and the images compared: every field
 * of the configuration and every file. In come the cases of {@code corpus}, out goes a table of
 * agreements. It must not know how Slipway works, only what comes out of it.
 */
package dev.slipway.it.differential;
