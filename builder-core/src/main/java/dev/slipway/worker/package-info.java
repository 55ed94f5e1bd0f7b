/**
 * The helper process that touches root filesystems, in namespaces of its own. Comes in, over its
 * standard input: layers to unpack and steps to run. Goes out: a step's output, and changes read
 * from overlays. It must not know of Dockerfiles, registries or caches, and it never outlives the
 * process that started it.
 */
@NullMarked
package dev.slipway.worker;

import org.jspecify.annotations.NullMarked;
