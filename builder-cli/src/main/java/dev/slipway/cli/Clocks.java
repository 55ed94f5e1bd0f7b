package dev.slipway.cli;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What tells the time.
 *
 * @param wall the time of day
 * @param nanoTime only moves forward
 * @param processAge how long the process has run, in nanoseconds; 0 where that is not known
 */
record Clocks(Clock wall, LongSupplier nanoTime, LongSupplier processAge) {}
