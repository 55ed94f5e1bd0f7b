package dev.slipway.execute;

import dev.slipway.cache.KeyDifference;
import dev.slipway.cache.StepKey;
import dev.slipway.cache.StepPlaces;
import dev.slipway.tree.copy.SourceShape;
import org.jspecify.annotations.Nullable;

/** Why a step is done again: what differs from the last time that a step at its place was done. */
final class MissReasons {
  private static final int MOST = 3;

  private final StepPlaces places;
  private final String project;

  /**
   * @param project tells its steps from those of other builds
   */
  MissReasons(StepPlaces places, String project) {
    this.places = places;
    this.project = project;
  }

  /**
   * Explains, and remembers the step for the next time.
   *
   * @param number of the step in its stage
   * @return one line, or null where it is done for the first time, where its result was deleted, or
   *     where it is done again only because a step above it was
   */
  @Nullable String explain(String stage, int number, StepKey definition) {
    String place = project + " " + stage + " " + number;
    StringBuilder text = new StringBuilder();
    int told = 0;
    int left = 0;
    for (KeyDifference difference : places.explain(place, definition)) {
      String line = describe(difference);
      if (line == null) {
        continue;
      }
      if (told == MOST) {
        left++;
        continue;
      }
      text.append(told == 0 ? "done again: " : "; ").append(line);
      told++;
    }
    places.record(place, definition);
    if (left > 0) {
      text.append("; and ").append(left).append(" more");
    }
    return told == 0 ? null : text.toString();
  }

  private static @Nullable String describe(KeyDifference difference) {
    String field = difference.field();
    if (field.equals("parent") || field.endsWith(" count")) {
      return null; // the step above tells, or the elements do
    }
    if (field.startsWith("files")) {
      return "the files that it reads changed";
    }
    if (field.startsWith("bind") || field.startsWith("cache from")) {
      return "what it mounts changed";
    }
    if (field.startsWith("environment ")) {
      // names only: people do pass passwords, and this is for everybody to read
      return field.substring("environment ".length()) + " changed";
    }
    if (field.startsWith("argument[")) {
      return "the command changed";
    }
    if (field.startsWith("stage") || field.startsWith("image")) {
      return "what it copies from changed";
    }
    if (field.startsWith("download")) {
      return "what the URL gives changed";
    }
    if (field.startsWith("shape") && difference.now() != null) {
      return "a source is " + SourceShape.valueOf(difference.now()).text() + " now";
    }
    if (isHash(difference.before()) || isHash(difference.now())) {
      return field + " changed";
    }
    return difference.toString();
  }

  private static boolean isHash(@Nullable String value) {
    return value != null && value.length() >= 64;
  }
}
