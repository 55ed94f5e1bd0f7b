package dev.slipway.export;

import dev.slipway.progress.BuildEvent;
import dev.slipway.progress.Cancellation;
import java.io.IOException;

/** The writing of an output: the listener hears of it as one part, whatever comes of it. */
public record OutputWriting(ExportListener listener, Cancellation cancellation) {
  /** What writes; tells {@code part} how far it is. */
  @FunctionalInterface
  public interface Work {
    ExportResult write(ExportListener.Part part) throws IOException;
  }

  /**
   * @param where what is written, for people
   * @param total its bytes, or -1 where not known
   * @throws ExportException if {@code work} fails, unless the build was cancelled
   */
  public ExportResult write(String where, long total, Work work) {
    ExportListener.Part part = listener.begin(BuildEvent.TaskKind.EXPORT, "write " + where, total);
    BuildEvent.Outcome outcome = BuildEvent.Outcome.FAILED;
    try {
      ExportResult result = work.write(part);
      outcome = BuildEvent.Outcome.DONE;
      return result;
    } catch (IOException e) {
      cancellation.check();
      throw ExportException.of(where, e);
    } finally {
      part.finished(cancellation.isCancelled() ? BuildEvent.Outcome.CANCELLED : outcome, null);
    }
  }
}
