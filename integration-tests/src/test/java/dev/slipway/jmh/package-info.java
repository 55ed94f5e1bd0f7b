/** The hot inner parts, each on its own; {@code integration-tests/bench/jmh} runs them. */
package dev.slipway.jmh;
