package dev.slipway.execute;

import dev.slipway.plan.CopySource;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.Step;
import dev.slipway.progress.Cancellation;
import dev.slipway.tree.FileTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a COPY or ADD reads, each source once. Thread-safe. */
final class CopyInputs {
  private final Step.Copy step;
  private final StageFiles files;
  private final Fetcher fetcher;
  private final Cancellation cancellation;
  private final Map<FileSource, FileTree> trees = new LinkedHashMap<>();
  private final Map<CopySource, Fetcher.Download> downloads = new LinkedHashMap<>();
  private final Map<CopySource, Fetcher.Checkout> checkouts = new LinkedHashMap<>();

  CopyInputs(Step.Copy step, StageFiles files, Fetcher fetcher, Cancellation cancellation) {
    this.step = step;
    this.files = files;
    this.fetcher = fetcher;
    this.cancellation = cancellation;
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
