/**
 * The files a build may copy from. Comes in: a directory, a tar stream or a tree that was fetched,
 * and the patterns of a {@code .dockerignore}. Goes out: a file tree that holds what the build
 * names, its content still on disk. It knows nothing of Dockerfile instructions, images or the
 * store: digests are remembered through a port.
 */
@NullMarked
package dev.slipway.context;

import org.jspecify.annotations.NullMarked;
