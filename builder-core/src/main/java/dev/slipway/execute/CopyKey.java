package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.cache.StepKey;
import dev.slipway.plan.CopySource;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.Step;
import dev.slipway.tree.copy.SourceShape;
import java.util.function.Function;

/**
 * What the result of a COPY or ADD is found by. The definition names the stages that it reads by
 * their keys, which costs nothing; where that finds nothing, what it takes of them may be the same
 * as before.
 */
final class CopyKey {
  private final Step.Copy step;
  private final StageState state;
  private final StageFiles files;
  private final CopyInputs inputs;
  private final ExecutionSettings settings;
  private final Function<CopySource.Files, String> digests;
  private final StepKey read;
  private final CacheKey definition;

  /**
   * @param digests of what a source brings
   */
  CopyKey(
      Step.Copy step,
      StageState state,
      StageFiles files,
      CopyInputs inputs,
      ExecutionSettings settings,
      Function<CopySource.Files, String> digests) {
    this.step = step;
    this.state = state;
    this.files = files;
    this.inputs = inputs;
    this.settings = settings;
    this.digests = digests;
    this.read = build(false);
    this.definition = onState(read);
  }

  /** What the step reads, to tell what has changed. */
  StepKey read() {
    return read;
  }

  CacheKey definition() {
    return definition;
  }

  /** Whether {@link #content} is another key than the definition. */
  boolean hasContent() {
    for (FileSource source : step.fileSources()) {
      if (source instanceof FileSource.Stage) {
        return true;
      }
    }
    return false;
  }

  /** The definition, with what is read of stages named by its content. */
  CacheKey content() {
    return onState(build(true));
  }

  /** A linked layer is the same whatever it lies on, but what is above it is not. */
  private CacheKey onState(StepKey layer) {
    return step.link()
        ? StepKey.builder("link")
            .field("parent", state.key())
            .field("layer", layer.key())
            .build()
            .key()
        : layer.key();
  }

  private StepKey build(boolean stagesByContent) {
    StepKey.Builder key = StepKey.builder(step.add() ? "add" : "copy");
    if (!step.link()) {
      key.field("parent", state.key());
    }
    key.field("destination", step.destination())
        .field("chown", String.valueOf(step.chown()))
        .field("chmod", String.valueOf(step.chmod()))
        .field("link", step.link())
        .field("parents", step.parents())
        .field("unpack", String.valueOf(step.unpack()))
        .list("exclude", step.excludes());
    settings.sourceDateEpoch().ifPresent(epoch -> key.field("epoch", epoch));
    if (step.link() && step.chown() != null) {
      key.field("parent", state.key());
    }
    for (CopySource source : step.sources()) {
      addSource(key, source, stagesByContent);
    }
    return key.build();
  }

  private void addSource(StepKey.Builder key, CopySource source, boolean stagesByContent) {
    if (source instanceof CopySource.Files from) {
      if (from.from() instanceof FileSource.Stage stage && !stagesByContent) {
        key.field("stage", files.stage(stage.id()).key()).field("path", from.pattern());
      } else if (from.from() instanceof FileSource.Image image) {
        key.field("image", StageFiles.imageKey(image.image().image()))
            .field("path", from.pattern());
      } else {
        key.field("files", digests.apply(from));
        if (!step.parents()) {
          key.field("shape", SourceShape.of(inputs.tree(from), from.pattern()).name());
        }
      }
    } else if (source instanceof CopySource.Url url) {
      Fetcher.Download download = inputs.download(url);
      key.field("url", url.url()).field("download", download.sha256());
      key.field("name", download.fileName()).field("unpack url", url.unpack());
    } else if (source instanceof CopySource.Git git) {
      key.field("git", inputs.checkOut(git).identity());
    } else if (source instanceof CopySource.Inline inline) {
      key.field("document", inline.fileName()).field("content", inline.content());
    }
    key.field("sources", step.sources().size());
  }
}
