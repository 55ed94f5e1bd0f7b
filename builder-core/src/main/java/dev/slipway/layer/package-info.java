/**
 * Layers as blobs: tar archives, their whiteouts and their compression. Comes in: changes to a file
 * tree, or the bytes of an archive; goes out: the other of the two, with digests. It trusts no byte
 * that it reads, and knows neither images, nor registries, nor the store.
 */
@NullMarked
package dev.slipway.layer;

import org.jspecify.annotations.NullMarked;
