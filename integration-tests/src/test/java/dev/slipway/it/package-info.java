/**
 * Slipway as its users have it: the packaged program in a process of its own, real registries,
 * runtimes and engines around it. What a machine lacks makes a test skip with the name of what is
 * missing, never pass. Nothing of the program's inside is known here.
 */
package dev.slipway.it;
