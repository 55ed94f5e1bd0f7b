package dev.slipway.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * How a container's health is probed; Docker's extension of the image configuration. A duration of
 * zero means: not set, inherited.
 *
 * @param test {@code ["NONE"]}, {@code ["CMD", …]} or {@code ["CMD-SHELL", command]}; empty
 *     inherits
 * @param retries 0 for not set
 */
public record Healthcheck(
    List<String> test,
    Duration interval,
    Duration timeout,
    Duration startPeriod,
    Duration startInterval,
    int retries) {

  public static final Healthcheck NONE =
      new Healthcheck(
          List.of("NONE"), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);

  public Healthcheck {
    test = List.copyOf(test);
  }

  static Healthcheck read(ObjectNode node) {
    Fields fields = new Fields(node, "image config");
    return new Healthcheck(
        fields.strings("Test"),
        Duration.ofNanos(fields.number("Interval", 0)),
        Duration.ofNanos(fields.number("Timeout", 0)),
        Duration.ofNanos(fields.number("StartPeriod", 0)),
        Duration.ofNanos(fields.number("StartInterval", 0)),
        Math.toIntExact(Math.min(fields.number("Retries", 0), Integer.MAX_VALUE)));
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    Fields.put(node, "Test", test);
    putNanos(node, "Interval", interval);
    putNanos(node, "Timeout", timeout);
    putNanos(node, "StartPeriod", startPeriod);
    putNanos(node, "StartInterval", startInterval);
    if (retries != 0) {
      node.put("Retries", retries);
    }
    return node;
  }

  private static void putNanos(ObjectNode node, String name, Duration duration) {
    if (!duration.isZero()) {
      node.put(name, duration.toNanos());
    }
  }
}
