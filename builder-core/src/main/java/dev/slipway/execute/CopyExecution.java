package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.layer.ArchiveFile;
import dev.slipway.layer.LayerReadOptions;
import dev.slipway.plan.CopySource;
import dev.slipway.plan.Step;
import dev.slipway.snapshot.LayerStore;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.copy.CopyException;
import dev.slipway.tree.copy.CopyFlags;
import dev.slipway.tree.copy.CopyOperation;
import dev.slipway.tree.copy.CopyResult;
import dev.slipway.tree.copy.ModeChange;
import dev.slipway.tree.copy.Ownership;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** COPY and ADD. */
final class CopyExecution {
  /** What BuildKit calls a download that neither its address nor the server names. */
  private static final String UNNAMED = "__unnamed__";

  private final StageFiles files;
  private final Fetcher fetcher;
  private final LayerStore layers;
  private final StepRecords records;
  private final ExecutionSettings settings;
  private final BuildCourse course;
  private final Consumer<Diagnostic> warnings;

  CopyExecution(
      StageFiles files,
      Fetcher fetcher,
      LayerStore layers,
      StepRecords records,
      ExecutionSettings settings,
      BuildCourse course,
      Consumer<Diagnostic> warnings) {
    this.files = files;
    this.fetcher = fetcher;
    this.layers = layers;
    this.records = records;
    this.settings = settings;
    this.course = course;
    this.warnings = warnings;
  }

  /**
   * @param anew called before it is done, where it was not done before
   */
  StepOutcome execute(
      Step.Copy step, StageState state, Origin origin, CacheUse use, Runnable anew) {
    CopyInputs inputs = new CopyInputs(step, files, fetcher, course.cancellation());
    CopyKey keys =
        new CopyKey(step, state, files, inputs, settings, source -> digest(step, source, inputs));
    Supplier<ChangeSet> changes = () -> copy(step, state, inputs, origin);
    CacheKey key = keys.definition();
    Optional<StepRecords.Known> known = records.findComputed(key, use, origin, changes);
    if (known.isEmpty() && keys.hasContent()) {
      // A stage that was built anew may have made the same files: then nothing below changes.
      key = keys.content();
      known = records.findComputed(key, use, origin, changes);
      known.ifPresent(same -> records.alias(keys.definition(), same));
    }
    if (known.isPresent()) {
      return known.get().outcome();
    }
    anew.run();
    StepOutcome outcome = records.rememberComputed(key, keys.read(), use, changes.get());
    if (!key.equals(keys.definition())) {
      records.alias(keys.definition(), outcome);
    }
    return outcome;
  }

  /** Of what a source would bring to the root of an empty file system. */
  private String digest(Step.Copy step, CopySource.Files source, CopyInputs inputs) {
    CopyFlags flags = flags(step, null, Origin.NONE).withDestination("/");
    CopyOperation operation = new CopyOperation(FileTree.EMPTY, flags);
    copyFiles(operation, source, inputs.tree(source), false);
    return TreeDigests.of(operation.tree(), course.executor());
  }

  private ChangeSet copy(Step.Copy step, StageState state, CopyInputs inputs, Origin origin) {
    boolean needsTree = !step.link() || step.chown() != null;
    FileTree destination = needsTree ? state.snapshot().tree() : FileTree.EMPTY;
    Ownership owner = step.chown() == null ? null : Accounts.of(destination).owner(step.chown());
    CopyOperation operation = new CopyOperation(destination, flags(step, owner, origin));
    boolean unpack = step.unpack() == null ? step.add() : step.unpack();
    for (CopySource source : step.sources()) {
      course.cancellation().check();
      if (source instanceof CopySource.Files from) {
        copyFiles(operation, from, inputs.tree(from), unpack && step.add());
      } else if (source instanceof CopySource.Url url) {
        addDownload(operation, url, inputs.download(url));
      } else if (source instanceof CopySource.Git git) {
        operation.copy(inputs.checkOut(git).tree(), "/");
      } else if (source instanceof CopySource.Inline inline) {
        operation.copyFile(
            inline.fileName(),
            new RegularFile(
                Metadata.of(0644, created()), origin, new BytesContent(inline.content())));
      }
    }
    CopyResult result = operation.result();
    for (String pattern : result.unmatched()) {
      warnings.accept(
          Diagnostic.warning("no file matches '" + pattern + "', nothing is copied", step.span()));
    }
    return result.changes();
  }

  private void copyFiles(
      CopyOperation operation, CopySource.Files source, FileTree tree, boolean unpack) {
    try {
      if (unpack) {
        operation.add(tree, source.pattern(), this::openArchive);
      } else {
        operation.copy(tree, source.pattern());
      }
    } catch (CopyException e) {
      throw MissingSource.explain(e, source, files);
    }
  }

  private void addDownload(CopyOperation operation, CopySource.Url url, Fetcher.Download download) {
    ChangeSet archive = url.unpack() ? openArchive(download.file()) : null;
    if (archive != null) {
      operation.unpack(archive);
      return;
    }
    operation.copyFile(
        download.fileName().isEmpty() ? UNNAMED : download.fileName(), download.file());
  }

  private @Nullable ChangeSet openArchive(RegularFile file) {
    try {
      return ArchiveFile.read(
          file.content(), LayerReadOptions.archive(file.origin()), layers.temporaryFile());
    } catch (IOException e) {
      throw new ExecutionException("cannot read archive: " + e.getMessage(), null, null, e);
    }
  }

  private CopyFlags flags(Step.Copy step, @Nullable Ownership owner, Origin origin) {
    return new CopyFlags(
        step.destination(),
        step.workingDirectory(),
        owner,
        step.chmod() == null ? null : ModeChange.parse(step.chmod()),
        step.link(),
        step.parents(),
        step.excludes(),
        origin,
        created());
  }

  private long created() {
    return settings.sourceDateEpoch().orElse(0L);
  }
}
