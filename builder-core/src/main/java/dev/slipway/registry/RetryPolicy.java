package dev.slipway.registry;

import java.time.Duration;

/**
 * How often and how fast what failed is tried again: after broken connections and the statuses 408,
 * 429 and 5xx. The delay doubles from {@code firstDelay}; a registry's {@code Retry-After} counts
 * instead, up to {@code longestDelay}.
 *
 * @param attempts in all, at least 1
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration longestDelay) {
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(6, Duration.ofMillis(200), Duration.ofSeconds(30));

  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts " + attempts);
    }
  }
}
