package dev.slipway.execute;

import dev.slipway.context.BuildContext;
import dev.slipway.plan.ResolvedImage;
import dev.slipway.snapshot.Snapshot;

/** Port: the files that steps read and that no stage made. Thread-safe. */
public interface StageSources {
  /** The main build context. */
  BuildContext mainContext();

  /** A named build context that holds files. */
  BuildContext namedContext(String name);

  /** The layers of an image; nothing is fetched before it is asked for. */
  Snapshot image(ResolvedImage image);
}
