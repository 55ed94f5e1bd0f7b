package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.cache.StepKey;
import dev.slipway.cache.StepRecord;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.layer.ArchiveFile;
import dev.slipway.layer.LayerReadOptions;
import dev.slipway.plan.CopySource;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.Step;
import dev.slipway.progress.Cancellation;
import dev.slipway.snapshot.Layer;
import dev.slipway.snapshot.LayerStore;
import dev.slipway.store.LayerId;
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
import dev.slipway.tree.copy.SourceShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private final Executor executor;
  private final Cancellation cancellation;
  private final Consumer<Diagnostic> warnings;

  CopyExecution(
      StageFiles files,
      Fetcher fetcher,
      LayerStore layers,
      StepRecords records,
      ExecutionSettings settings,
      Executor executor,
      Cancellation cancellation,
      Consumer<Diagnostic> warnings) {
    this.files = files;
    this.fetcher = fetcher;
    this.layers = layers;
    this.records = records;
    this.settings = settings;
    this.executor = executor;
    this.cancellation = cancellation;
    this.warnings = warnings;
  }

  StepOutcome execute(Step.Copy step, StageState state, Origin origin, CacheUse use) {
    Inputs inputs = new Inputs(step);
    StepKey written = key(step, state, inputs, false);
    CacheKey definition = nameOf(written, step, state);
    Function<LayerId, Layer> made =
        id -> layers.ofChanges(id, () -> copy(step, state, inputs, origin));
    Optional<StepRecords.Known> known = find(definition, use, origin, made);
    CacheKey key = definition;
    if (known.isEmpty() && readsStages(step)) {
      // A stage that was built anew may have made the same files: then nothing below changes.
      key = nameOf(key(step, state, inputs, true), step, state);
      known = find(key, use, origin, made);
      known.ifPresent(same -> records.alias(definition, same));
    }
    if (known.isPresent()) {
      return known.get().outcome();
    }
    ChangeSet changes = copy(step, state, inputs, origin);
    LayerId id = records.layerOf(key, use);
    StepRecord record = records.remember(key, id, use.scope());
    if (!key.equals(definition)) {
      records.alias(definition, record, use.scope());
    }
    return new StepOutcome(
        layers.ofChanges(id, () -> changes), key, record.created(), use.scope(), written);
  }

  private Optional<StepRecords.Known> find(
      CacheKey key, CacheUse use, Origin origin, Function<LayerId, Layer> made) {
    return records.find(key, use, origin, record -> Optional.of(made.apply(record.layer())), made);
  }

  private static boolean readsStages(Step.Copy step) {
    return step.fileSources().stream().anyMatch(source -> source instanceof FileSource.Stage);
  }

  private StepKey key(Step.Copy step, StageState state, Inputs inputs, boolean stagesByContent) {
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
      addSource(key, source, step, inputs, stagesByContent);
    }
    return key.build();
  }

  /** A linked layer is the same whatever it lies on, but what is above it is not. */
  private static CacheKey nameOf(StepKey layer, Step.Copy step, StageState state) {
    return step.link()
        ? StepKey.builder("link")
            .field("parent", state.key())
            .field("layer", layer.key())
            .build()
            .key()
        : layer.key();
  }

  private void addSource(
      StepKey.Builder key,
      CopySource source,
      Step.Copy step,
      Inputs inputs,
      boolean stagesByContent) {
    if (source instanceof CopySource.Files from) {
      if (from.from() instanceof FileSource.Stage stage && !stagesByContent) {
        key.field("stage", files.stage(stage.id()).key()).field("path", from.pattern());
      } else if (from.from() instanceof FileSource.Image image) {
        key.field("image", StageFiles.imageKey(image.image().image()))
            .field("path", from.pattern());
      } else {
        key.field("files", inputs.digest(from));
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

  private ChangeSet copy(Step.Copy step, StageState state, Inputs inputs, Origin origin) {
    boolean needsTree = !step.link() || step.chown() != null;
    FileTree destination = needsTree ? state.snapshot().tree() : FileTree.EMPTY;
    Ownership owner = step.chown() == null ? null : Accounts.of(destination).owner(step.chown());
    CopyOperation operation = new CopyOperation(destination, flags(step, owner, origin));
    boolean unpack = step.unpack() == null ? step.add() : step.unpack();
    for (CopySource source : step.sources()) {
      cancellation.check();
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

  /** What a step reads, each once. */
  private final class Inputs {
    private final Step.Copy step;
    private final Map<FileSource, FileTree> trees = new LinkedHashMap<>();
    private final Map<CopySource, Fetcher.Download> downloads = new LinkedHashMap<>();
    private final Map<CopySource, Fetcher.Checkout> checkouts = new LinkedHashMap<>();

    Inputs(Step.Copy step) {
      this.step = step;
    }

    synchronized FileTree tree(CopySource.Files source) {
      return trees.computeIfAbsent(source.from(), from -> files.tree(from, paths(from)));
    }

    private List<String> paths(FileSource from) {
      List<String> paths = new ArrayList<>();
      for (CopySource source : step.sources()) {
        if (source instanceof CopySource.Files other && other.from().equals(from)) {
          // What follows a pivot is a pattern below what stands before it.
          paths.add(step.parents() && other.pattern().isEmpty() ? "/" : other.pattern());
        }
      }
      return paths;
    }

    /** Of what a source would bring to the root of an empty file system. */
    String digest(CopySource.Files source) {
      CopyFlags flags = flags(step, null, Origin.NONE).withDestination("/");
      CopyOperation operation = new CopyOperation(FileTree.EMPTY, flags);
      copyFiles(operation, source, tree(source), false);
      return TreeDigests.of(operation.tree(), executor);
    }

    synchronized Fetcher.Download download(CopySource.Url source) {
      return downloads.computeIfAbsent(
          source, url -> fetcher.download(source.url(), source.checksum(), cancellation));
    }

    synchronized Fetcher.Checkout checkOut(CopySource.Git source) {
      return checkouts.computeIfAbsent(
          source,
          git ->
              fetcher.checkOut(source.url(), source.checksum(), source.keepGitDir(), cancellation));
    }
  }
}
