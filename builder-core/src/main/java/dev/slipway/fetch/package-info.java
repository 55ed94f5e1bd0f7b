/**
 * Files from elsewhere. Comes in: an http(s) or git URL with bounds and a checksum; goes out: a
 * file or a tree on disk, with what a cache key needs to know of it. It knows nothing of Dockerfile
 * instructions, images or the store, and never tells a credential.
 */
@NullMarked
package dev.slipway.fetch;

import org.jspecify.annotations.NullMarked;
