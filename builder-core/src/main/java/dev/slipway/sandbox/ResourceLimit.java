package dev.slipway.sandbox;

import dev.slipway.linux.Errno;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.Processes;
import java.util.List;
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

  /**
   * Sets limits of the calling process, which all that it starts inherits. A program could not be
   * given them later without a moment in which it runs with others.
   *
   * @throws SandboxException if one may not be raised
   */
  public static void apply(List<ProcessSpec.Ulimit> limits) throws LinuxException {
    for (ProcessSpec.Ulimit limit : limits) {
      ResourceLimit resource = of(limit.name());
      if (resource == null) {
        throw new SandboxException("unknown limit '" + limit.name() + "'");
      }
      try {
        Processes.limit(0, resource.number, limit.soft(), limit.hard());
      } catch (LinuxException e) {
        if (e.errno() != Errno.EPERM && e.errno() != Errno.EINVAL) {
          throw e;
        }
        throw new SandboxException(
            "cannot set the limit "
                + limit.name()
                + " to "
                + limit.soft()
                + ":"
                + limit.hard()
                + ": "
                + e.reason(),
            "above the builder's own hard limit it needs CAP_SYS_RESOURCE",
            e);
      }
    }
  }
}
