/**
 * The behaviours of docs/semantics.md, each as a whole build: a Dockerfile and a few files go in,
 * an image is read back from the layout that was written. A test's name holds the number of its
 * behaviour. What needs no RUN is here, the rest in the integration tests.
 */
package dev.slipway.semantics;
