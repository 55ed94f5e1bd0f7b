package dev.slipway.session.input;

import dev.slipway.context.ReceivedContext;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Stage;
import dev.slipway.execute.Fetcher;
import dev.slipway.layer.ArchiveFile;
import dev.slipway.layer.LayerReadOptions;
import dev.slipway.plan.Base;
import dev.slipway.plan.CopySource;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.Step;
import dev.slipway.progress.Cancellation;
import dev.slipway.resolve.ResolveRequest;
import dev.slipway.resolve.Resolver;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What {@code SOURCE_DATE_EPOCH} means: seconds since 1970, {@code context}, a named context, or a
 * stage that does nothing but ADD one remote source. What comes from a repository is as old as its
 * commit; a download as the server says, or else as the newest file of an archive. A directory of
 * this machine has no such time.
 */
public final class SourceDate {
  public static final String ARGUMENT = "SOURCE_DATE_EPOCH";
  private static final String CONTEXT = "context";

  private final SessionInputs inputs;
  private final Resolver resolver;
  private final Fetcher fetcher;
  private final WorkDirectory work;
  private final Cancellation cancellation;

  public SourceDate(
      SessionInputs inputs,
      Resolver resolver,
      Fetcher fetcher,
      WorkDirectory work,
      Cancellation cancellation) {
    this.inputs = inputs;
    this.resolver = resolver;
    this.fetcher = fetcher;
    this.work = work;
    this.cancellation = cancellation;
  }

  /**
   * @return seconds, or empty where there is no time to be had
   * @throws BuildException if the value means nothing
   */
  public Optional<Long> of(String value, Dockerfile dockerfile, ResolveRequest request) {
    if (value.isEmpty() || isNumber(value)) {
      return seconds(value);
    }
    if (value.equals(CONTEXT)) {
      return inputs.main().modified();
    }
    if (inputs.named().has(value)) {
      return inputs.named().modified(value);
    }
    for (Stage stage : dockerfile.stages()) {
      if (value.equals(stage.name())) {
        return ofStage(resolver.resolve(dockerfile, request.withTarget(value)).target());
      }
    }
    throw invalid(value);
  }

  /** The value as a number; empty for none. */
  public static Optional<Long> seconds(String value) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!isNumber(value)) {
      throw invalid(value);
    }
    return Optional.of(Long.parseLong(value));
  }

  private static boolean isNumber(String value) {
    try {
      Long.parseLong(value);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static BuildException invalid(String value) {
    return new BuildException(
        "invalid SOURCE_DATE_EPOCH: " + value,
        null,
        "seconds since 1970, context, a named context, or a stage that only adds a remote source",
        null);
  }

  private Optional<Long> ofStage(PlannedStage stage) {
    List<Step> steps = stage.steps();
    if (stage.base() instanceof Base.Scratch
        && steps.size() == 1
        && steps.get(0) instanceof Step.Copy copy
        && copy.sources().size() == 1) {
      CopySource source = copy.sources().get(0);
      if (source instanceof CopySource.Url url) {
        return ofFile(fetcher.download(url.url(), url.checksum(), cancellation).file());
      }
      if (source instanceof CopySource.Git git) {
        return ofCommit(
            fetcher.checkOut(git.url(), git.checksum(), git.keepGitDir(), cancellation).tree());
      }
    }
    throw new BuildException(
        "SOURCE_DATE_EPOCH stage does not meet source-only requirements",
        null,
        "stage '" + stage.name() + "' has to be FROM scratch and one ADD of a URL or a repository",
        null);
  }

  private Optional<Long> ofFile(RegularFile file) {
    long modified = file.metadata().mtimeSeconds();
    if (modified != 0) {
      return Optional.of(modified);
    }
    try {
      ChangeSet archive =
          ArchiveFile.read(
              file.content(),
              LayerReadOptions.archive(Origin.NONE),
              work.newDirectory().resolve("archive"));
      return archive == null ? Optional.empty() : newest(FileTree.EMPTY.apply(archive));
    } catch (IOException e) {
      throw new BuildException("cannot read archive: " + FileRefusal.reason(e), e);
    }
  }

  /** All that git checks out has the commit's time. */
  static Optional<Long> ofCommit(FileTree tree) {
    return Optional.of(tree.root().metadata().mtimeSeconds());
  }

  /** Of a download that a server gives no time. */
  public static Optional<Long> of(ReceivedContext download) {
    return download instanceof ReceivedContext.Archive archive
        ? newest(archive.tree())
        : Optional.empty();
  }

  private static Optional<Long> newest(FileTree tree) {
    long[] newest = {0};
    tree.forEach((path, entry) -> newest[0] = Math.max(newest[0], entry.metadata().mtimeSeconds()));
    return newest[0] == 0 ? Optional.empty() : Optional.of(newest[0]);
  }
}
