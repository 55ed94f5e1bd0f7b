package dev.slipway.execute;

import dev.slipway.plan.CopySource;
import dev.slipway.plan.FileSource;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.copy.CopyException;
import dev.slipway.tree.copy.SourceNotFoundException;

/** Finds what was meant where a source of COPY does not exist. */
final class MissingSource {
  private MissingSource() {}

  /**
   * Paths of {@code --from} start at the root of a stage; many people write them as if they started
   * at its WORKDIR.
   */
  static CopyException explain(CopyException failure, CopySource.Files source, StageFiles files) {
    if (failure instanceof SourceNotFoundException
        && source.from() instanceof FileSource.MainContext
        && source.pattern().matches("\\.\\.(?:/.*)?")) {
      return new CopyException(
          String.valueOf(failure.getMessage()),
          "what lies above the build context is not in it: build from the directory above, or give"
              + " that one too, with --build-context NAME=.. and COPY --from=NAME");
    }
    if (!(failure instanceof SourceNotFoundException)
        || !(source.from() instanceof FileSource.Stage stage)
        || source.pattern().startsWith("/")) {
      return failure;
    }
    ExecutedStage executed = files.stage(stage.id());
    String directory = executed.stage().config().config().workingDir();
    FileTree tree = executed.snapshot().tree();
    TreePath meant = TreePath.of(directory + "/" + source.pattern());
    if (directory.isEmpty()
        || directory.equals("/")
        || !tree.resolve(meant, FollowLast.YES).exists()) {
      return failure;
    }
    return new CopyException(
        String.valueOf(failure.getMessage()),
        "paths are from / of the stage; its WORKDIR is "
            + directory
            + ": did you mean \""
            + meant
            + "\"?");
  }
}
