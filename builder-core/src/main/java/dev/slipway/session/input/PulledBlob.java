package dev.slipway.session.input;

import dev.slipway.execute.Tasks;
import dev.slipway.layer.BlockInputStream;
import dev.slipway.oci.Descriptor;
import dev.slipway.progress.BuildEvent.Outcome;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.Cancellation;
import java.io.IOException;
import java.io.InputStream;

/** A blob on its way here, told of as a task; it ends with the build. */
public final class PulledBlob extends BlockInputStream {
  private static final long STEP = 1 << 20;

  private final InputStream in;
  private final Descriptor blob;
  private final Tasks.Task task;
  private final Cancellation cancellation;
  private long done;
  private long told;
  private boolean ended;

  /**
   * @param from where it comes from, for people
   */
  public PulledBlob(
      InputStream in, Descriptor blob, String from, Tasks tasks, Cancellation cancellation) {
    this.in = in;
    this.blob = blob;
    this.task = tasks.start(TaskKind.PULL, from, 0, 0, "pull " + blob.digest());
    this.cancellation = cancellation;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    cancellation.check();
    int count = in.read(buffer, offset, length);
    if (count > 0) {
      done += count;
      if (done - told >= STEP) {
        told = done;
        task.progress(done, blob.size());
      }
    } else if (count < 0) {
      ended = true;
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    task.finish(ended || done == blob.size() ? Outcome.DONE : Outcome.FAILED, null);
    in.close();
  }
}
