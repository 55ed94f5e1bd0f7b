/**
 * Finds what is allowed and yet likely wrong, and tells what a stage can be told. Comes in: a
 * Dockerfile and what is known of its context and base images; goes out: findings, each with the
 * name of its rule, and outlines. It must not change or build anything.
 */
@NullMarked
package dev.slipway.lint;

import org.jspecify.annotations.NullMarked;
