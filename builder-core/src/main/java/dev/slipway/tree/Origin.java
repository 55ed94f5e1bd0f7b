package dev.slipway.tree;

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
}
