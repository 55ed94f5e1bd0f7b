/**
 * The names of images. Comes in: what a user wrote, {@code alpine}; goes out: what a registry is
 * asked for, {@code docker.io/library/alpine:latest}. It knows nothing of registries' protocols.
 */
@NullMarked
package dev.slipway.reference;

import org.jspecify.annotations.NullMarked;
