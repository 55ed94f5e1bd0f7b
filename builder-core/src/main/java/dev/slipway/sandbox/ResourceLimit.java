package dev.slipway.sandbox;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code --ulimit} can limit, by setrlimit(2)'s names in lower case. */
public enum ResourceLimit {
  CPU(0),
  FSIZE(1),
  DATA(2),
  STACK(3),
  CORE(4),
  RSS(5),
  NPROC(6),
  NOFILE(7),
  MEMLOCK(8),
  AS(9),
  LOCKS(10),
  SIGPENDING(11),
  MSGQUEUE(12),
  NICE(13),
  RTPRIO(14),
  RTTIME(15);

  private final int number;

  ResourceLimit(int number) {
    this.number = number;
  }

  public static @Nullable ResourceLimit of(String name) {
    for (ResourceLimit limit : values()) {
      if (limit.label().equals(name)) {
        return limit;
      }
    }
    return null;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kernel's number of it. */
  public int number() {
    return number;
  }
}
