package dev.slipway.it.differential;

import java.util.List;

/**
 * What became of a build.
 *
 * @param lines the image, or the word {@code failed}
 * @param log what the builder said
 */
record Outcome(List<String> lines, String log) {
  static Outcome failed(String log) {
    return new Outcome(List.of("failed"), log);
  }
}
