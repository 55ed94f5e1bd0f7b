package dev.slipway.tree;

import org.jspecify.annotations.Nullable;

/**
 * Where an entry was first made: it stays with the entry through {@code COPY --from} and the store,
 * and is never part of a digest or of {@link Entry#sameAs}. Many entries share one object.
 *
 * @param stage the name or index of the stage, or the reference of a base image
 * @param line the line of the instruction in the Dockerfile, from 1; 0 if there is none
 * @param text the instruction as people know it
 */
public record Origin(String stage, int line, String text) {
  /** Nothing is known. */
  public static final Origin NONE = new Origin("", 0, "");

  // By hand, with hashCode: what a record is given links by invokedynamic, 3 ms at first use.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Origin that
            && line == that.line
            && stage.equals(that.stage)
            && text.equals(that.text));
  }

  @Override
  public int hashCode() {
    return 31 * stage.hashCode() + line;
  }
}
