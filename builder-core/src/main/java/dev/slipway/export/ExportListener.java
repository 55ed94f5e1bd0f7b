package dev.slipway.export;

import dev.slipway.progress.BuildEvent;
import org.jspecify.annotations.Nullable;

/** Hears of the parts of an export: a blob pushed, an archive written. Thread-safe, quick. */
@FunctionalInterface
public interface ExportListener {
  /** Hears nothing. */
  ExportListener SILENT =
      (kind, title, total) ->
          new Part() {
            @Override
            public void moved(long done) {}

            @Override
            public void finished(BuildEvent.Outcome outcome, @Nullable String detail) {}
          };

  /**
   * A part begins.
   *
   * @param title one line for people
   * @param total its bytes, or -1 where not known
   */
  Part begin(BuildEvent.TaskKind kind, String title, long total);

  /** One part; called from one thread at a time. */
  interface Part {
    /**
     * @param done the bytes moved up to now; goes back where it starts again
     */
    void moved(long done);

    void finished(BuildEvent.Outcome outcome, @Nullable String detail);
  }
}
