package dev.slipway.resolve;

import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.plan.FileSource;
import dev.slipway.resolve.NamedContexts.NamedContext;

/** Whose files {@code --from} and a mount's {@code from} mean. */
final class FileSources {
  private FileSources() {}

  static FileSource of(StageDraft stage, StageGraph graph, String from, SourceSpan span) {
    StageDraft written = graph.written(from, span);
    StageDraft source = graph.find(from, span);
    if (source != null) {
      if (written != null && written.id() >= stage.id()) {
        throw new ResolveException(
            "cannot copy from stage '"
                + from
                + "', it needs to be defined before current stage '"
                + stage.name()
                + "'",
            span);
      }
      return new FileSource.Stage(source.id());
    }
    if (from.equals(BaseResolution.SCRATCH)) {
      return new FileSource.Empty();
    }
    NamedContext external = stage.externalSources.get(from);
    if (external instanceof NamedContext.Image image) {
      return new FileSource.Image(image.image(), from);
    }
    if (external instanceof NamedContext.Files files) {
      return new FileSource.NamedContext(files.name());
    }
    if (external instanceof NamedContext.Scratch) {
      return new FileSource.Empty();
    }
    throw new IllegalStateException("not looked up: " + from);
  }
}
