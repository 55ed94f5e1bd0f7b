package dev.slipway.registry;

import dev.slipway.oci.BlobMismatchException;
import dev.slipway.progress.Cancellation;
import dev.slipway.progress.CancelledException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tries again what may pass: a bounded number of times, later and later. */
final class Retries {
  private static final int MAX_SILENCES = 2;

  private final RetryPolicy policy;
  private final Cancellation cancellation;

  Retries(RetryPolicy policy, Cancellation cancellation) {
    this.policy = policy;
    this.cancellation = cancellation;
  }

  /** Something that can fail for now. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws IOException;
  }

  /** The registry answered that it cannot serve this now. */
  static final class Unavailable extends IOException {
    private final transient RegistryException refusal;
    private final transient @Nullable Duration retryAfter;

    Unavailable(RegistryException refusal, @Nullable Duration retryAfter) {
      super(refusal.getMessage());
      this.refusal = refusal;
      this.retryAfter = retryAfter;
    }
  }

  int attempts() {
    return policy.attempts();
  }

  /**
   * @throws RegistryException if the last attempt failed
   */
  <T> T run(HttpCall call, Attempt<T> attempt) {
    for (int i = 1; ; i++) {
      cancellation.check();
      try {
        return attempt.run();
      } catch (IOException e) {
        cancellation.check();
        if (i >= attemptsFor(e)) {
          throw asRefusal(call, e);
        }
        pause(delay(i, e));
      }
    }
  }

  private int attemptsFor(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return Math.min(policy.attempts(), MAX_SILENCES); // each has cost a long wait already
    }
    return isTransient(e) ? policy.attempts() : 1;
  }

  private static boolean isTransient(IOException e) {
    return !(e instanceof SSLException)
        && !(e instanceof UnknownHostException)
        // What is wrong on this side stays wrong.
        && !(e instanceof BlobMismatchException)
        && !(e instanceof FileSystemException);
  }

  static RegistryException asRefusal(HttpCall call, IOException e) {
    if (e instanceof Unavailable unavailable) {
      return unavailable.refusal;
    }
    return RegistryErrors.unreachable(call, e);
  }

  private Duration delay(int failures, IOException e) {
    if (e instanceof Unavailable unavailable && unavailable.retryAfter != null) {
      Duration asked = unavailable.retryAfter;
      return asked.compareTo(policy.longestDelay()) > 0 ? policy.longestDelay() : asked;
    }
    return delay(failures);
  }

  private Duration delay(int failures) {
    long base = policy.firstDelay().toMillis() << Math.min(failures - 1, 20);
    long bounded = Math.min(base, policy.longestDelay().toMillis());
    // Builders that were refused together must not come back together.
    return Duration.ofMillis(bounded / 2 + ThreadLocalRandom.current().nextLong(bounded / 2 + 1));
  }

  /** Waits before going on after {@code failures} in a row. */
  void pauseAfter(int failures) {
    pause(delay(failures));
  }

  private void pause(Duration delay) {
    CountDownLatch cancelled = new CountDownLatch(1);
    Cancellation.Registration registration = cancellation.onCancel(cancelled::countDown);
    try {
      if (cancelled.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
        cancellation.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    } finally {
      registration.close();
    }
  }

  static boolean isTransient(int status) {
    return switch (status) {
      case 408, 429, 500, 502, 503, 504 -> true;
      default -> false;
    };
  }

  /** A date is taken relative to the answer's own {@code Date}, so no clock is needed. */
  static @Nullable Duration retryAfter(HttpAnswer answer) {
    String value = answer.header("Retry-After");
    if (value == null) {
      return null;
    }
    try {
      return Duration.ofSeconds(Math.max(0, Long.parseLong(value.trim())));
    } catch (NumberFormatException notSeconds) {
      String date = answer.header("Date");
      try {
        Duration until = Duration.between(httpDate(date == null ? value : date), httpDate(value));
        return until.isNegative() ? Duration.ZERO : until;
      } catch (DateTimeException neither) {
        return null;
      }
    }
  }

  private static ZonedDateTime httpDate(String text) {
    return ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME);
  }
}
