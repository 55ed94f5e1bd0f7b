package dev.slipway.session.input;

import dev.slipway.context.BuildContext;
import dev.slipway.execute.StageSources;
import dev.slipway.plan.ResolvedImage;
import dev.slipway.snapshot.Snapshot;

/** The files of a build that no stage made, for the steps that read them. */
public record BuildFiles(BuildContext mainContext, NamedContextInputs contexts, ImageCatalog images)
    implements StageSources {
  @Override
  public BuildContext namedContext(String name) {
    return contexts.files(name);
  }

  @Override
  public Snapshot image(ResolvedImage image) {
    return images.snapshot(image);
  }
}
